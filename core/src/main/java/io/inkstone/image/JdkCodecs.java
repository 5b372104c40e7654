package io.inkstone.image;

import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.IIOServiceProvider;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageReaderWriterSpi;
import javax.imageio.spi.ImageWriterSpi;

/**
 * The codecs of the JDK by name, looked up once. Asking {@link ImageIO} for every picture would search all plug-ins each
 * time, and a plug-in that happens to be on the class path would change the pixels.
 */
final class JdkCodecs {
    static final ImageReaderSpi PNG_READER = reader("png");
    static final ImageReaderSpi JPEG_READER = reader("jpeg");
    static final ImageReaderSpi GIF_READER = reader("gif");
    static final ImageReaderSpi BMP_READER = reader("bmp");
    static final ImageWriterSpi PNG_WRITER = writer("png");
    static final ImageWriterSpi JPEG_WRITER = writer("jpeg");
    static final ImageWriterSpi GIF_WRITER = writer("gif");

    private JdkCodecs() {}

    /** A reader of the plug-in for the JPEG kinds that the JDK refuses (lossless, broken tables of metadata). */
    static Optional<ImageReaderSpi> otherJpegReader() {
        Iterator<ImageReaderSpi> all = IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
        while (all.hasNext()) {
            ImageReaderSpi spi = all.next();
            if (spi.getClass().getName().startsWith("com.twelvemonkeys") && knows(spi.getFormatNames(), "jpeg")) {
                return Optional.of(spi);
            }
        }
        return Optional.empty();
    }

    private static ImageReaderSpi reader(String format) {
        return find(ImageReaderSpi.class, format);
    }

    private static ImageWriterSpi writer(String format) {
        return find(ImageWriterSpi.class, format);
    }

    private static <T extends ImageReaderWriterSpi> T find(Class<T> kind, String format) {
        // Memory is cheaper than a temporary file for every picture.
        ImageIO.setUseCache(false);
        Iterator<T> all = IIORegistry.getDefaultInstance().getServiceProviders(kind, true);
        while (all.hasNext()) {
            T spi = all.next();
            if (ofJdk(spi) && knows(spi.getFormatNames(), format)) {
                return spi;
            }
        }
        throw new IllegalStateException("This Java has no " + format + " codec; the module java.desktop is needed.");
    }

    private static boolean ofJdk(IIOServiceProvider spi) {
        return spi.getClass().getName().startsWith("com.sun.imageio.plugins.");
    }

    private static boolean knows(String[] formats, String wanted) {
        for (String format : formats) {
            if (format.toLowerCase(Locale.ROOT).equals(wanted)) {
                return true;
            }
        }
        return false;
    }
}
