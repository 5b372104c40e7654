package io.inkstone.data.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says attributes as a sentence: {@code a smiling face with glasses and long black hair}. */
final class FaceCaption {
    private static final List<String> COLOURS = List.of("Black", "Blond", "Brown", "Gray", "Red");

    private FaceCaption() {}

    /** Attributes that are not known here are left out. */
    static String of(List<String> names, float[] context) {
        boolean bald = has("Bald", names, context);
        List<String> with = new ArrayList<>();
        if (has("Sunglasses", names, context)) {
            with.add("sunglasses");
        } else if (has("Glasses", names, context)) {
            with.add("glasses");
        }
        String hair = hair(names, context);
        if (!bald && !hair.isEmpty()) {
            with.add(hair);
        }
        add(with, "Beard", "a beard", names, context);
        add(with, "Mustache", "a moustache", names, context);
        add(with, "Hat", "a hat", names, context);
        add(with, "Dark_Skin", "dark skin", names, context);
        String face = "a " + (has("Smiling", names, context) ? "smiling " : "") + (bald ? "bald " : "") + "face";
        return with.isEmpty() ? face : face + " with " + joined(with);
    }

    private static String hair(List<String> names, float[] context) {
        String words = has("LongHair", names, context) ? "long " : "";
        for (String colour : COLOURS) {
            if (has(colour + "_Hair", names, context)) {
                words += colour.toLowerCase(Locale.ROOT) + " ";
            }
        }
        return words.isEmpty() ? "" : words + "hair";
    }

    private static void add(List<String> with, String name, String words, List<String> names, float[] context) {
        if (has(name, names, context)) {
            with.add(words);
        }
    }

    private static boolean has(String name, List<String> names, float[] context) {
        int index = names.indexOf(name);
        return index >= 0 && context[index] == 1;
    }

    private static String joined(List<String> words) {
        int last = words.size() - 1;
        return last == 0 ? words.get(0) : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }
}
