package io.inkstone.data.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A file with rows and columns, which are read a column of a group of rows at a time. */
interface PictureTable extends AutoCloseable {
    /** The bytes of one picture, read when they are wanted. */
    interface Later {
        byte[] read() throws IOException;
    }

    Path path();

    List<TableColumn> columns();

    /** What the writer says of the features, an object in JSON; or an empty text. */
    String features() throws IOException;

    /** Rows of each group; a group may have none. */
    int[] rowsPerGroup();

    /** Bytes that a group takes when its pictures are read. */
    long bytes(int group);

    /** Encoded pictures of a group: byte[] or {@link Later}; null where there is none. */
    Object[] pictures(int group, TableColumn column) throws IOException;

    /** Values of a column in a group, several a row in columns of lists: byte[], Long, Double, Boolean. */
    List<List<Object>> lists(int group, TableColumn column) throws IOException;

    @Override
    void close() throws IOException;
}
