package io.inkstone.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.InputException;
import io.inkstone.array.NdArray;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.wish.InpaintWish;
import io.inkstone.wish.RedrawWish;
import io.inkstone.wish.VaryWish;
import io.inkstone.wish.Workbench;
import io.javalin.http.Context;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.imageio.ImageIO;

/**
 * Pictures that came with a request, told by their content alone.
 *
 * @param images one or more
 * @param mask whose transparent part is drawn anew
 */
record Uploads(List<byte[]> images, Optional<byte[]> mask) {
    /**
     * Puts the texts of the form into {@code fields}. Parts are told by their names: some clients send pictures without the name
     * of a file.
     */
    static Uploads read(Context ctx, ObjectNode fields) throws IOException {
        ctx.uploadedFiles(); // makes the form known to Jetty, with its bounds
        List<byte[]> images = new ArrayList<>();
        Optional<byte[]> mask = Optional.empty();
        for (Part part : parts(ctx)) {
            switch (part.getName()) {
                case "image", "image[]" -> images.add(bytes(part));
                case "mask", "mask[]" -> mask = Optional.of(bytes(part));
                default -> fields.put(part.getName(), new String(bytes(part), StandardCharsets.UTF_8));
            }
        }
        if (images.isEmpty()) {
            throw ApiError.invalid("image", "Send a picture as the part 'image' of a multipart form.");
        }
        return new Uploads(images, mask);
    }

    private static Collection<Part> parts(Context ctx) throws IOException {
        try {
            return ctx.req().getParts();
        } catch (ServletException broken) {
            throw new ApiError(ApiError.Kind.INVALID, "The multipart form cannot be read.");
        }
    }

    private static byte[] bytes(Part part) throws IOException {
        try (var in = part.getInputStream()) {
            return in.readAllBytes();
        }
    }

    /** A request that changes these pictures: an edit is for each of them at least once. */
    ImageRequest meant(ImageRequest said, boolean isEdit) {
        return isEdit && images.size() > said.n() ? said.withN(images.size()) : said;
    }

    /** Reads them once, so that what is no picture is refused before it waits for its turn. */
    void require() {
        for (byte[] image : images) {
            picture(image, "image");
        }
        mask.ifPresent(Uploads::maskPixels);
    }

    private static Pixels picture(byte[] bytes, String param) {
        try {
            return PictureFile.read(bytes, "The part '" + param + "'");
        } catch (InputException unreadable) {
            throw ApiError.invalid(param, unreadable.getMessage());
        }
    }

    /** White where the mask is transparent, or, of one without transparency, as bright as it is. */
    private static Pixels maskPixels(byte[] bytes) {
        Pixels plain = picture(bytes, "mask").toGrey(); // bounds its size first
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
            if (image == null || !image.getColorModel().hasAlpha()) {
                return plain;
            }
            byte[] open = new byte[image.getWidth() * image.getHeight()];
            for (int i = 0; i < open.length; i++) {
                open[i] = (byte) (image.getRGB(i % image.getWidth(), i / image.getWidth()) >>> 24 == 0 ? 0xFF : 0);
            }
            return new Pixels(image.getWidth(), image.getHeight(), 1, open);
        } catch (IOException unreadable) {
            throw ApiError.invalid("mask", "The part 'mask' cannot be read as a picture.");
        }
    }

    /** The pictures redrawn, [N, C, H, W]: the open part of the mask anew, or all of each from the middle of the way. */
    NdArray edited(Workbench bench, ImageRequest request) {
        return inFiles(files -> {
            List<String> names = repeated(files, request.n());
            var drawing = request.drawing(bench.saved().generates());
            NdArray pictures = bench.pictures(names, drawing);
            if (mask.isEmpty()) {
                double strength = request.strength().orElse(VaryWish.STRENGTH);
                return new RedrawWish(names, strength, drawing).on(bench, pictures);
            }
            InpaintWish wish =
                    new InpaintWish(names, files.resolve("mask.png").toString(), InpaintWish.ROUNDS, drawing);
            return wish.on(bench, pictures, wish.open(bench.saved(), pictures));
        });
    }

    /** Pictures that resemble the first one. */
    NdArray varied(Workbench bench, ImageRequest request) {
        return inFiles(files -> {
            List<String> one = List.of(files.resolve("0.png").toString());
            double strength = request.strength().orElse(VaryWish.STRENGTH);
            var drawing = request.drawing(bench.saved().generates());
            return new VaryWish(one, request.n(), strength, false, drawing).on(bench, bench.pictures(one, drawing));
        });
    }

    /** Steps that a change takes, of each picture. */
    int steps(Workbench bench, ImageRequest request, boolean isEdit) {
        SamplingOptions sampling =
                request.drawing(bench.saved().generates()).sampling().options();
        return isEdit && mask.isPresent()
                ? bench.editing().fillingSteps(InpaintWish.ROUNDS, sampling)
                : bench.editing().redrawingSteps(request.strength().orElse(VaryWish.STRENGTH), sampling);
    }

    private List<String> repeated(Path folder, int n) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            names.add(folder.resolve(i % images.size() + ".png").toString());
        }
        return names;
    }

    /** Wishes name files: the pictures lie in some while the work is done. */
    private NdArray inFiles(Function<Path, NdArray> work) {
        try {
            Path folder = Files.createTempDirectory("inkstone-upload");
            try {
                for (int i = 0; i < images.size(); i++) {
                    PictureFile.write(folder.resolve(i + ".png"), picture(images.get(i), "image"));
                }
                if (mask.isPresent()) {
                    PictureFile.write(folder.resolve("mask.png"), maskPixels(mask.get()));
                }
                return work.apply(folder);
            } finally {
                try (var files = Files.list(folder)) {
                    for (Path file : files.toList()) {
                        Files.delete(file);
                    }
                }
                Files.delete(folder);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("Uploaded pictures cannot be kept for the moment.", failure);
        }
    }
}
