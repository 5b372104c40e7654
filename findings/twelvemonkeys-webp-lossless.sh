#!/usr/bin/env bash
# TwelveMonkeys ImageIO 3.14.0 reads some lossless WebP pictures with wrong pixels, without an exception or a warning.
#
# The file below was written by Pillow 13 (libwebp). Its pixel (0, 5) is fully transparent, 00000000, by libwebp, Pillow and browsers;
# TwelveMonkeys gives the opaque fff2e95a. Fixes are on the project's trunk (pull requests 1243 and 1315); 3.15.0 was not to be had when
# this was written. Fails when the behaviour has changed.
set -euo pipefail
cd "$(mktemp -d)"
cat >pom.xml <<'POM'
<project><modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>x</artifactId><version>1</version><dependencies><dependency>
<groupId>com.twelvemonkeys.imageio</groupId><artifactId>imageio-webp</artifactId><version>3.14.0</version></dependency></dependencies></project>
POM
mvn -B -q dependency:build-classpath -Dmdep.outputFile=cp
base64 -d >picture.webp <<'WEBP'
UklGRtoAAABXRUJQVlA4TM4AAAAvE8ACEL+joJEUBxOLNKQjqH8xQCAI0QA2W+DzaAkIip4zXUiQRE3skB0AL6U8BODAwKUAAOS3cgCwMJD+2ABgSZJt2rq2bdu2bdu+z8aa/8caQ0T/AwAAAACAQKYxOXyRVKHGiBQ6iysQy5QajERlsHlCiVylxXT2QLLUnmxv75jeEUyVO9Pd/QMzOEPpSne2f/jEjK5wptqbHx6/MJM7kq31F8enb8zsiebqg+Xp+QezeGP5xnB1fvnFrL54oTlaX17/MJs/UWyNN9e3fw==
WEBP
cat >Read.java <<'JAVA'
public class Read {
    public static void main(String[] none) throws Exception {
        java.awt.image.BufferedImage image = javax.imageio.ImageIO.read(new java.io.File("picture.webp"));
        System.out.printf("%08x%n", image.getRGB(0, 5));
    }
}
JAVA
seen=$(java -cp "$(cat cp)" Read.java)
echo "com.twelvemonkeys.imageio:imageio-webp:3.14.0: pixel (0, 5) is $seen, libwebp says 00000000"
[ "$seen" = fff2e95a ]
