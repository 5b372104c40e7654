import io.inkstone.data.DataSet;
import io.inkstone.data.PictureSet;
import io.inkstone.data.source.DataSource;
import io.inkstone.studio.Studio;
import io.inkstone.wish.DrawWish;
import io.inkstone.wish.DrawWishBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether pictures in Parquet are, byte for byte, what a Studio draws here: RUN ROWS.csv PARQUET. */
public final class SamePictures {
    private SamePictures() {}

    public static void main(String[] words) throws IOException {
        Map<String, byte[]> drawn = new HashMap<>();
        try (DataSet set = DataSource.open(Path.of(words[2]))) {
            PictureSet pictures = set.train();
            for (int i = 0; i < pictures.count(); i++) {
                // "part-….parquet row 0 (7.png)"
                String name = pictures.entry(i).name().replaceAll(".*\\((.*)\\)$", "$1");
                drawn.put(name, pictures.content(i));
            }
        }
        List<String> rows = Files.readAllLines(Path.of(words[1]));
        int same = 0;
        try (Studio studio = Studio.open(Path.of(words[0]))) {
            for (String row : rows.subList(1, rows.size())) {
                String[] cells = row.split(",", -1);
                DrawWishBuilder wish = DrawWish.builder().count(1).seed(Long.parseLong(cells[0]));
                if (!cells[1].isEmpty()) {
                    wish.labels(cells[1]);
                }
                same += Arrays.equals(
                                drawn.get(cells[0] + ".png"), studio.draw(wish.build()).png(0))
                        ? 1
                        : 0;
            }
        }
        System.out.println(same + " of " + (rows.size() - 1) + " pictures are the same bytes here");
        System.exit(same == rows.size() - 1 && drawn.size() == same ? 0 : 1);
    }
}
