package io.inkstone.image;

import java.io.IOException;
import javax.imageio.ImageReader;
import org.w3c.dom.Node;

/** The first picture of a GIF at its place on the screen that the file describes; what it leaves free is transparent. */
final class GifDecoder {
    private GifDecoder() {}

    static Pixels decode(byte[] encoded, Background background) throws IOException {
        ImageReader reader = JdkCodecs.GIF_READER.createReaderInstance();
        try {
            reader.setInput(new ByteInput(encoded), true, false);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            Node place = child(reader.getImageMetadata(0).getAsTree("javax_imageio_gif_image_1.0"), "ImageDescriptor");
            Node screen = child(
                    reader.getStreamMetadata().getAsTree("javax_imageio_gif_stream_1.0"), "LogicalScreenDescriptor");
            int left = number(place, "imageLeftPosition");
            int top = number(place, "imageTopPosition");
            // Programs have written screens smaller than their pictures; everybody shows the whole picture.
            int wide = Math.max(number(screen, "logicalScreenWidth"), left + width);
            int high = Math.max(number(screen, "logicalScreenHeight"), top + height);
            Pixels.checkSize("a picture", wide, high);
            Pixels.checkHeap("a picture", wide, high);
            Pixels frame = Flattening.toRgb(reader.read(0), background);
            boolean fills = wide == width && high == height;
            return fills ? frame : background.around(frame, left, top, wide, high);
        } finally {
            reader.dispose();
        }
    }

    private static Node child(Node tree, String name) throws IOException {
        for (Node node = tree.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeName().equals(name)) {
                return node;
            }
        }
        throw new IOException("the header has no " + name);
    }

    private static int number(Node node, String attribute) {
        Node value = node.getAttributes().getNamedItem(attribute);
        return value == null ? 0 : Integer.parseInt(value.getNodeValue());
    }
}
