package io.inkstone.image;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Pictures shown one after another, over and over, as an animated GIF. A frame of at most 256 colours is exact; others are
 * reduced to the 256 that suit that frame best.
 *
 * @param frames at least one; all of one size
 * @param delayMillis how long each frame stands, 20..600,000; GIF keeps hundredths of a second
 * @param lastMillis how long the last frame stands, 20..600,000
 */
public record Animation(List<Pixels> frames, int delayMillis, int lastMillis) {
    private static final String FORMAT = "javax_imageio_gif_image_1.0";
    private static final int SHORTEST = 20;
    private static final int LONGEST = 600_000;
    /** Block 1 of the application extension: repeat, and how often; 0 is for ever. */
    private static final byte[] FOR_EVER = {1, 0, 0};

    public Animation {
        frames = List.copyOf(frames);
        if (frames.isEmpty()) {
            throw new InputException("An animation needs at least one frame.");
        }
        if (Math.min(delayMillis, lastMillis) < SHORTEST || Math.max(delayMillis, lastMillis) > LONGEST) {
            throw new InputException(Words.of(
                    "A frame stands for %d to %d milliseconds, got %d and %d for the last.",
                    SHORTEST, LONGEST, delayMillis, lastMillis));
        }
        Pixels first = frames.get(0);
        for (Pixels frame : frames) {
            if (frame.width() != first.width() || frame.height() != first.height()) {
                throw new InputException(Words.of(
                        "Frames of one animation have one size: the first is %s, another %s. Resize them first.",
                        first, frame));
            }
        }
    }

    /** Ten frames a second; the last stands for two seconds. */
    public static Animation of(List<Pixels> frames) {
        return new Animation(frames, 100, 2000);
    }

    /** Writes a GIF file; it appears complete or not at all. */
    public void write(Path file) {
        if (!file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".gif")) {
            throw new InputException(Words.of("%s: animations are written as .gif; choose this extension.", file));
        }
        PictureFile.write(file, encoded());
    }

    /** The bytes of a GIF file. */
    public byte[] encoded() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriter writer = JdkCodecs.GIF_WRITER.createWriterInstance();
            try {
                writer.setOutput(out);
                writer.prepareWriteSequence(null);
                for (int i = 0; i < frames.size(); i++) {
                    BufferedImage image = Palette.of(frames.get(i)).indexed(frames.get(i));
                    writer.writeToSequence(new IIOImage(image, null, metadata(writer, image, i)), null);
                }
                writer.endWriteSequence();
            } finally {
                writer.dispose();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("An animation cannot be encoded in memory.", e);
        }
        return bytes.toByteArray();
    }

    private IIOMetadata metadata(ImageWriter writer, BufferedImage image, int index) throws IOException {
        IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
        int millis = index == frames.size() - 1 ? lastMillis : delayMillis;
        IIOMetadataNode control = new IIOMetadataNode("GraphicControlExtension");
        control.setAttribute("disposalMethod", "none");
        control.setAttribute("userInputFlag", "FALSE");
        control.setAttribute("transparentColorFlag", "FALSE");
        control.setAttribute("delayTime", Integer.toString(Math.round(millis / 10f)));
        control.setAttribute("transparentColorIndex", "0");
        IIOMetadataNode root = new IIOMetadataNode(FORMAT);
        root.appendChild(descriptor(image));
        root.appendChild(control);
        if (index == 0) {
            root.appendChild(looping());
        }
        metadata.mergeTree(FORMAT, root);
        return metadata;
    }

    /** Rows in their order: interlaced ones, the default, come back shuffled where there are fewer than five. */
    private static IIOMetadataNode descriptor(BufferedImage image) {
        IIOMetadataNode descriptor = new IIOMetadataNode("ImageDescriptor");
        descriptor.setAttribute("imageLeftPosition", "0");
        descriptor.setAttribute("imageTopPosition", "0");
        descriptor.setAttribute("imageWidth", Integer.toString(image.getWidth()));
        descriptor.setAttribute("imageHeight", Integer.toString(image.getHeight()));
        descriptor.setAttribute("interlaceFlag", "FALSE");
        return descriptor;
    }

    private static IIOMetadataNode looping() {
        IIOMetadataNode application = new IIOMetadataNode("ApplicationExtension");
        application.setAttribute("applicationID", "NETSCAPE");
        application.setAttribute("authenticationCode", "2.0");
        application.setUserObject(FOR_EVER.clone());
        IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
        extensions.appendChild(application);
        return extensions;
    }
}
