package io.inkstone.data.source;

import io.inkstone.tensor.SplitMix64;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * Says attributes in words: {@code a smiling face with glasses and long black hair}. Attributes that are not known here are left
 * out.
 *
 * <p>Several captions of a face are {@link Form}s of one list of things, each in an order of its own. The orders are functions of the
 * picture's name, so that every machine reads the same captions. In the forms of training the face comes before the things that it
 * has; in the held-out ones it comes after them, and what hair is like comes after the hair: word orders that training never shows.
 */
final class FaceCaption {
    private static final List<String> COLOURS = List.of("Black", "Blond", "Brown", "Gray", "Red");

    private final List<String> names;
    private final float[] context;

    private FaceCaption(List<String> names, float[] context) {
        this.names = names;
        this.context = context;
    }

    /** A way to say it. */
    private enum Form {
        PLAIN {
            @Override
            String of(FaceCaption face, SplitMix64 order) {
                return face.plain();
            }
        },
        PORTRAIT {
            @Override
            String of(FaceCaption face, SplitMix64 order) {
                return "portrait of a " + face.adjectives() + "person" + with(face.things(false), order, " with ");
            }
        },
        TAGS {
            @Override
            String of(FaceCaption face, SplitMix64 order) {
                List<String> tags = mixed(face.things(false), order);
                face.adjectiveList().forEach(word -> tags.add(order.nextInt(tags.size() + 1), word));
                tags.add(0, "face");
                return String.join(", ", tags);
            }
        },
        WHO {
            @Override
            String of(FaceCaption face, SplitMix64 order) {
                String has = face.has("Smiling") ? " and has " : " who has ";
                return face.person() + with(face.things(false), order, has);
            }
        },
        DRAWN {
            @Override
            String of(FaceCaption face, SplitMix64 order) {
                return "a drawn " + face.adjectives() + "face"
                        + with(face.things(false), order, ", wearing or having ");
            }
        },
        /** Held out. */
        FRONTED {
            @Override
            String of(FaceCaption face, SplitMix64 order) {
                List<String> things = mixed(face.things(true), order);
                return (things.isEmpty() ? "" : "with " + joined(things) + ", ") + "a " + face.adjectives() + "face";
            }
        },
        /** Held out. */
        HAVING {
            @Override
            String of(FaceCaption face, SplitMix64 order) {
                List<String> things = mixed(face.things(true), order);
                return (things.isEmpty() ? "" : "having " + joined(things) + ", ") + face.person();
            }
        };

        static final List<Form> TRAINING = List.of(PLAIN, PORTRAIT, TAGS, WHO, DRAWN);
        static final List<Form> HELD_OUT = List.of(FRONTED, HAVING);

        abstract String of(FaceCaption face, SplitMix64 order);

        private static String with(List<String> things, SplitMix64 order, String before) {
            return things.isEmpty() ? "" : before + joined(mixed(things, order));
        }

        private static List<String> mixed(List<String> things, SplitMix64 order) {
            List<String> mixed = new ArrayList<>(things);
            for (int i = mixed.size() - 1; i > 0; i--) {
                Collections.swap(mixed, i, order.nextInt(i + 1));
            }
            return mixed;
        }
    }

    /** The first form of training. */
    static String of(List<String> names, float[] context) {
        return new FaceCaption(names, context).plain();
    }

    /** All forms that training shows, the plain one first. */
    static List<String> ofTraining(String picture, List<String> names, float[] context) {
        return forms(Form.TRAINING, picture, names, context);
    }

    /** In word orders that training never shows; which of the forms comes first goes by the picture's name. */
    static List<String> heldOut(String picture, List<String> names, float[] context) {
        List<String> forms = new ArrayList<>(forms(Form.HELD_OUT, picture, names, context));
        Collections.rotate(forms, (int) (address(picture) % forms.size()));
        return forms;
    }

    private static List<String> forms(List<Form> forms, String picture, List<String> names, float[] context) {
        FaceCaption face = new FaceCaption(names, context);
        return forms.stream()
                .map(form -> form.of(face, SplitMix64.at(address(picture), form.ordinal())))
                .toList();
    }

    private static long address(String picture) {
        CRC32 sum = new CRC32();
        sum.update(picture.getBytes(StandardCharsets.UTF_8));
        return sum.getValue();
    }

    private String plain() {
        List<String> things = things(false);
        return "a " + adjectives() + "face" + (things.isEmpty() ? "" : " with " + joined(things));
    }

    private String person() {
        return "a " + (has("Bald") ? "bald " : "") + "person" + (has("Smiling") ? " who smiles" : "");
    }

    private String adjectives() {
        List<String> all = adjectiveList();
        return all.isEmpty() ? "" : String.join(" ", all) + " ";
    }

    private List<String> adjectiveList() {
        List<String> all = new ArrayList<>();
        if (has("Smiling")) {
            all.add("smiling");
        }
        if (has("Bald")) {
            all.add("bald");
        }
        return all;
    }

    /** @param turned whether what hair is like comes behind it */
    private List<String> things(boolean turned) {
        List<String> all = new ArrayList<>();
        if (has("Sunglasses")) {
            all.add("sunglasses");
        } else if (has("Glasses")) {
            all.add("glasses");
        }
        List<String> hair = hair();
        if (!has("Bald") && !hair.isEmpty()) {
            all.add(turned ? "hair " + String.join(" and ", hair) : String.join(" ", hair) + " hair");
        }
        add(all, "Beard", "a beard");
        add(all, "Mustache", "a moustache");
        add(all, "Hat", "a hat");
        add(all, "Dark_Skin", "dark skin");
        return all;
    }

    private List<String> hair() {
        List<String> words = new ArrayList<>();
        if (has("LongHair")) {
            words.add("long");
        }
        COLOURS.stream()
                .filter(colour -> has(colour + "_Hair"))
                .forEach(colour -> words.add(colour.toLowerCase(Locale.ROOT)));
        return words;
    }

    private void add(List<String> all, String name, String words) {
        if (has(name)) {
            all.add(words);
        }
    }

    private boolean has(String name) {
        int index = names.indexOf(name);
        return index >= 0 && context[index] == 1;
    }

    private static String joined(List<String> words) {
        int last = words.size() - 1;
        return last == 0 ? words.get(0) : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }
}
