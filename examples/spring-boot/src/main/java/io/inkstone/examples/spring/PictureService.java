package io.inkstone.examples.spring;

import io.inkstone.studio.Studio;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Pictures of one run over HTTP: {@code --inkstone.run=RUN}, then {@code GET /picture?label=hat&seed=7}. */
@SpringBootApplication
public class PictureService {
    public static void main(String[] args) {
        SpringApplication.run(PictureService.class, args);
    }

    /** One for the whole service: it owns the cores. Spring closes it last, after {@link StudioLifecycle} let the work end. */
    @Bean
    Studio studio(@Value("${inkstone.run}") Path run) {
        return Studio.open(run);
    }
}
