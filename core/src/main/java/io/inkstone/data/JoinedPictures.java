package io.inkstone.data;

import io.inkstone.image.Background;
import io.inkstone.image.Pixels;
import java.util.List;
import java.util.Optional;

/**
 * Sets with the same classes, one behind the other.
 *
 * @param parts one or more
 * @param info of all of them
 */
record JoinedPictures(List<PictureSet> parts, DataInfo info) implements PictureSet {
    /** @param parts with the same classes */
    static PictureSet of(List<PictureSet> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        List<DataInfo> all = parts.stream().map(PictureSet::info).toList();
        DataInfo first = all.get(0);
        boolean alike = all.stream().allMatch(info -> info.size().equals(first.size()));
        return new JoinedPictures(
                List.copyOf(parts),
                new DataInfo(
                        first.name(),
                        all.stream().mapToInt(DataInfo::count).sum(),
                        alike ? first.size() : Optional.empty(),
                        all.stream().mapToInt(DataInfo::channels).max().orElseThrow(),
                        first.classes(),
                        first.exclusive(),
                        all.stream().allMatch(DataInfo::captioned),
                        first.cropped(),
                        first.notes()));
    }

    @Override
    public Pixels pixels(int index) {
        Position position = position(index);
        return position.part().pixels(position.index());
    }

    @Override
    public Pixels pixels(int index, Background background) {
        Position position = position(index);
        return position.part().pixels(position.index(), background);
    }

    @Override
    public byte[] content(int index) {
        Position position = position(index);
        return position.part().content(position.index());
    }

    @Override
    public Entry entry(int index) {
        Position position = position(index);
        return position.part().entry(position.index());
    }

    private record Position(PictureSet part, int index) {}

    private Position position(int index) {
        int rest = index;
        int part = 0;
        while (rest >= parts.get(part).count()) {
            rest -= parts.get(part).count();
            part++;
        }
        return new Position(parts.get(part), rest);
    }

    @Override
    public void close() {
        parts.forEach(PictureSet::close);
    }
}
