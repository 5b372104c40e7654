package io.inkstone.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inkstone.run.TinyRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The studio in a real browser, as somebody uses it who begins with nothing; skipped where there is none. With {@code
 * -Dinkstone.screenshots=FOLDER} pictures of every page are kept.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StudioPageTest {
    @TempDir
    static Path folder;

    private static Server server;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Browser.installed().isPresent(), "no Chromium is installed: the studio's pages are not looked at");
        TinyRun.data(Files.createDirectories(folder.resolve("pictures/tiny")));
        server = Server.start(ServeSettings.builder(folder.resolve("runs"), folder.resolve("data"))
                .pictures(folder.resolve("pictures"))
                .build());
        browser = Browser.start(Files.createDirectory(folder.resolve("browser")), "en");
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private static void open(String page) {
        browser.open(server.address() + "/#/" + page);
    }

    /** Kept where they are wished for. */
    private static void pictures(String name) throws Exception {
        String wished = System.getProperty("inkstone.screenshots");
        if (wished != null) {
            Path all = Files.createDirectories(Path.of(wished));
            for (String light : new String[] {"dark", "light"}) {
                browser.dark(light.equals("dark"));
                for (int width : new int[] {400, 1400}) {
                    browser.picture(width, all.resolve(name + "-" + light + "-" + width + ".png"));
                }
            }
        }
    }

    @Test
    @Order(1)
    void anEmptyStartOffersATraining() throws Exception {
        open("runs");
        browser.until("document.body.innerText.includes('Train avatars')");
        pictures("empty");
        browser.click("a", "Choose another recipe");
        browser.until("document.querySelector('dl.facts')");
        browser.fill("train.epochs", "0");
        browser.until("document.querySelector('.wrong') && document.querySelector('.bad')");
        pictures("train");
    }

    @Test
    @Order(2)
    void aTrainingIsBegunWatchedAndStopped() throws Exception {
        browser.fill("Name of the run", "tiny");
        browser.fill("data.source", "tiny");
        browser.fill("train.epochs", "100000");
        browser.fill("train.batch", "10");
        browser.fill("model.width", "8");
        browser.fill("diffusion.steps", "1000");
        browser.fill("preview.steps", "2");
        browser.fill("preview.everySteps", "20");
        browser.click("button", "Start training");
        browser.until("document.querySelector('.badge.live')");
        browser.until("document.querySelector('canvas') && document.querySelector('.previews img')");
        browser.click("button", "Stop and save");
        browser.until(
                "['Draw with it', 'Go on'].every(each => document.body.innerText.includes(each))"); // ended, and saved
        browser.click("summary", "Log");
        browser.until("document.body.innerText.includes('Interrupted and saved')");
        pictures("runs");
    }

    @Test
    @Order(3)
    void whatWasMeasuredStandsSideBySide() throws Exception {
        Path runs = folder.resolve("runs");
        try (var files = Files.walk(runs.resolve("tiny"))) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        runs.resolve("tinier").resolve(runs.resolve("tiny").relativize(file)));
            }
        }
        EvaluationsApiTest.measured(runs.resolve("tiny"), 100, "'fid':12.5,'fidLow':12,'fidHigh':13");
        EvaluationsApiTest.measured(runs.resolve("tinier"), 200, "'fid':8.25,'diversity':0.9");
        open("draw");
        browser.until("document.querySelector('form select')");
        open("runs?run=tiny");
        browser.until("document.querySelector('.figures')?.innerText.includes('12.5 ±0.5')");
        browser.until("!document.body.innerText.includes('Measured differently')");
        browser.click(".run", "tinier");
        browser.until("document.querySelector('.figures')?.innerText.includes('8.25 ②')");
        browser.until("document.body.innerText.includes('Measured differently (pictures)')");
        browser.click("summary", "How it was measured");
        pictures("evaluations");
    }

    @Test
    @Order(4)
    void picturesAreDrawnAndGivenUp() throws Exception {
        open("draw");
        browser.until("document.querySelector('form select')");
        browser.fill("Steps", "5");
        browser.fill("Seed", "77");
        browser.click("button", "Draw");
        browser.until("document.querySelectorAll('.tile').length === 4");
        browser.fill("Steps", "1000");
        browser.fill("Pictures", "100");
        browser.click("button", "Draw");
        browser.until("document.querySelector('.work img')"); // how it looks on the way
        pictures("draw");
        browser.click(".work button", "Cancel");
        browser.until("!document.querySelector('.work')");
        assertThat(browser.say("document.querySelectorAll('.tile').length").asInt())
                .isEqualTo(4);
    }

    @Test
    @Order(5)
    void betweenSeedsPicturesFollowThePoint() throws Exception {
        open("explore");
        browser.until("document.querySelector('img.here')?.naturalWidth === 8");
        browser.until("document.querySelector('.plane img').naturalWidth === 56");
        String before = browser.say("document.querySelector('img.here').src").asText();
        browser.say(
                "document.querySelector('.plane').dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowLeft', bubbles: true}))");
        browser.until("document.querySelector('img.here').src !== '" + before + "'");
        pictures("explore");
    }

    @Test
    @Order(6)
    void aDroppedPictureShowsItsRecipe() throws Exception {
        open("gallery");
        browser.until("document.querySelector('.tile img')");
        browser.say(
                "(async () => { const blob = await (await fetch(document.querySelector('.tile img').src)).blob();"
                        + " const data = new DataTransfer(); data.items.add(new File([blob], 'it.png', {type: 'image/png'}));"
                        + " document.querySelector('.drop').dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true})); })()");
        browser.until("document.querySelector('pre')?.textContent.includes('inkstone.sample')");
        pictures("gallery");
        browser.click("a", "Draw it again");
        browser.until("document.querySelector('input[placeholder=\"by chance\"]')?.value === '77'");
    }

    @Test
    @Order(7)
    void everyPageSpeaksChinese() throws Exception {
        browser.click("#language", "中文");
        for (String[] page :
                new String[][] {{"runs", "损失"}, {"train", "开始训练"}, {"draw", "采样器"}, {"explore", "换一组种子"}}) {
            open(page[0]);
            browser.until(
                    "document.documentElement.lang === 'zh-CN' && document.body.innerText.includes('" + page[1] + "')");
            pictures(page[0] + "-zh");
        }
        open("gallery");
        browser.until("document.querySelector('.tile img')");
        pictures("gallery-zh");
    }

    /** A page that still waits for an answer when it is left writes nothing into the next one. */
    @Test
    @Order(8)
    void aPageThatWasLeftStaysAway() throws Exception {
        open("runs");
        browser.until("document.querySelector('main h1')");
        browser.say("new Promise(done => { location.hash = '#/draw';"
                + " setTimeout(() => { location.hash = '#/runs'; setTimeout(done, 1500); }, 20); })");
        assertThat(browser.say("document.querySelectorAll('main h1').length").asInt())
                .isEqualTo(1);
    }
}
