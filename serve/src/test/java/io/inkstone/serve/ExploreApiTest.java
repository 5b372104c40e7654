package io.inkstone.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.array.NdArray;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.TinyRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExploreApiTest {
    @TempDir
    static Path folder;

    private static Server server;
    private static Asking ask;

    @BeforeAll
    static void start() throws Exception {
        Path data = TinyRun.data(Files.createDirectory(folder.resolve("pictures")));
        Recipe vae = Recipes.load(
                        "faces-vae",
                        List.of(
                                "data.size=8",
                                "data.crop=0",
                                "model.channels=[4,8]",
                                "model.latent=6",
                                "train.epochs=1",
                                "train.batch=50",
                                "preview.everySteps=0"))
                .withSource(data.toString());
        TinyRun.train(vae, folder.resolve("runs/vae"));
        Files.createSymbolicLink(folder.resolve("runs/tiny"), Trained.runs().resolve("tiny"));
        server = Server.start(ServeSettings.of(folder.resolve("runs"), folder.resolve("data")));
        ask = new Asking(server);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static Pixels sheet(String json) throws Exception {
        Asking.Answer answer = ask.post("/api/explore", json);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return PictureFile.read(answer.response().body(), "the sheet");
    }

    private static Pixels drawn(String json) throws Exception {
        String picture = ask.post("/v1/images/generations", json)
                .json()
                .at("/data/0/b64_json")
                .asText();
        return PictureFile.read(Base64.getDecoder().decode(picture), "it");
    }

    /** The corners of the plane are what the seeds themselves draw. */
    @Test
    void cornersAreTheSeedsOwnPictures() throws Exception {
        Pixels sheet = sheet("{'model':'tiny','anchors':[3,4,5,6],'side':3,'prompt':'1','steps':5}");
        assertThat(sheet.width()).isEqualTo(24);
        Pixels right = drawn("{'model':'tiny','prompt':'1','seed':4,'steps':5,'sampler':'ddim'}");
        for (int i = 0; i < 64; i++) {
            assertThat(sheet.at(16 + i % 8, i / 8, 0)).isCloseTo(right.at(i % 8, i / 8, 0), within(2));
        }
        Pixels at = sheet("{'model':'tiny','anchors':[3,4,5],'at':[0.5,1],'prompt':'1','steps':5}");
        Pixels below = drawn("{'model':'tiny','prompt':'1','seed':5,'steps':5,'sampler':'ddim'}");
        assertThat(at.at(4, 4, 0)).isCloseTo(below.at(4, 4, 0), within(2));
    }

    /** In between the sum of squares stays one: the mixed noise is as wide as any other. */
    @Test
    void whatLiesBetweenIsAsWideAsTheEnds() {
        Plane plane = new Plane(List.of(1L, 2L, 3L, 4L), List.of(new double[] {0.3, 0.8}), 1);
        float[] unit = new float[16];
        for (int i = 0; i < 4; i++) {
            unit[5 * i] = 1;
        }
        double sum = 0;
        for (float value : plane.starts(NdArray.of(unit, 4, 4), new float[0]).toFloats()) {
            sum += value * value;
        }
        assertThat(sum).isCloseTo(1, within(1e-6));
        assertThat(plane.weights(0.3, 0.8)).containsExactly(new double[] {0.14, 0.06, 0.56, 0.24}, within(1e-9));
    }

    @Test
    void valuesThatChangeMostComeFirstAndMovePictures() throws Exception {
        JsonNode said = ask.get("/api/models/vae/directions").json();
        assertThat(said.get("dimensions")).hasSize(6);
        assertThat(said.at("/dimensions/0/change").asDouble())
                .isGreaterThanOrEqualTo(said.at("/dimensions/5/change").asDouble())
                .isPositive();
        int first = said.at("/dimensions/0/dimension").asInt();
        Pixels still = sheet("{'model':'vae','anchors':[3]}");
        Pixels moved = sheet("{'model':'vae','anchors':[3],'moves':{'%d':3}}".formatted(first));
        assertThat(moved.data()).isNotEqualTo(still.data());
        assertThat(ask.get("/api/models/tiny/directions").json().get("dimensions"))
                .isEmpty();
    }

    @Test
    void whatIsWrongIsSaid() throws Exception {
        for (String wrong : List.of(
                "{'model':'tiny','anchors':[]}",
                "{'model':'tiny','anchors':[1,2,3,4,5]}",
                "{'model':'tiny','anchors':[-1]}",
                "{'model':'tiny','anchors':[1],'prompt':'0','at':[2,0]}",
                "{'model':'tiny','anchors':[1],'prompt':'0','moves':{'0':1}}",
                "{'model':'vae','anchors':[1],'moves':{'6':1}}",
                "{'model':'vae','anchors':[1],'moves':{'0':'x'}}",
                "{'model':'vae','anchors':[1],'attributes':{'Nose':1}}",
                "{'model':'vae','anchors':[1],'side':99}")) {
            assertThat(ask.post("/api/explore", wrong).status()).as(wrong).isEqualTo(400);
        }
    }
}
