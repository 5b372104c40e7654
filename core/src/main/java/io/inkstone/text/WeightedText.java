package io.inkstone.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A prompt with its weights read off, as the popular tools spell them: {@code (word)} is 1.1 times as strong, {@code [word]}
 * as much weaker, {@code (word:1.3)} has its weight said; brackets nest and multiply, a backslash before a bracket makes it
 * a letter, and an open bracket that is never closed counts to the end. {@code BREAK} begins a new chunk.
 *
 * @param parts in the order of the text
 */
public record WeightedText(List<Part> parts) {
    private static final double STEP = 1.1;
    private static final Pattern WEIGHT = Pattern.compile("\\s*:\\s*([+-]?(?:\\d+\\.?\\d*|\\.\\d+))\\s*\\)");
    private static final Pattern BREAK = Pattern.compile("\\s*\\bBREAK\\b\\s*");

    /**
     * A piece of the text.
     *
     * @param text without brackets and weights; empty where a chunk ends
     * @param weight by which the states of its ids count
     * @param breaks whether a new chunk begins here
     */
    public record Part(String text, double weight, boolean breaks) {}

    /** An open bracket: what stood before it, and whether it is round. */
    private record Open(int parts, boolean round) {}

    public WeightedText {
        parts = List.copyOf(parts);
    }

    /** The text as one piece of weight 1: brackets are letters. */
    public static WeightedText plain(String text) {
        return new WeightedText(List.of(new Part(text, 1, false)));
    }

    /** Reads brackets and weights. */
    public static WeightedText parse(String text) {
        List<Part> parts = new ArrayList<>();
        Deque<Open> open = new ArrayDeque<>();
        StringBuilder letters = new StringBuilder();
        Matcher weight = WEIGHT.matcher(text);
        for (int at = 0; at < text.length(); ) {
            char c = text.charAt(at);
            boolean escapes = c == '\\' && at + 1 < text.length() && "()[]\\".indexOf(text.charAt(at + 1)) >= 0;
            boolean inRound = !open.isEmpty() && open.peek().round();
            if (escapes) {
                letters.append(text.charAt(at + 1));
                at += 2;
            } else if (c == '(' || c == '[') {
                flush(letters, parts);
                open.push(new Open(parts.size(), c == '('));
                at++;
            } else if (inRound && weight.region(at, text.length()).lookingAt()) {
                flush(letters, parts);
                multiply(parts, open.pop().parts(), Double.parseDouble(weight.group(1)));
                at = weight.end();
            } else if (!open.isEmpty() && c == (inRound ? ')' : ']')) {
                flush(letters, parts);
                multiply(parts, open.pop().parts(), inRound ? STEP : 1 / STEP);
                at++;
            } else {
                letters.append(c);
                at++;
            }
        }
        flush(letters, parts);
        while (!open.isEmpty()) {
            Open last = open.pop();
            multiply(parts, last.parts(), last.round() ? STEP : 1 / STEP);
        }
        return new WeightedText(joined(parts));
    }

    private static void flush(StringBuilder letters, List<Part> parts) {
        if (!letters.isEmpty()) {
            String[] texts = BREAK.split(letters, -1);
            for (int i = 0; i < texts.length; i++) {
                if (i > 0) {
                    parts.add(new Part("", 1, true));
                }
                if (!texts[i].isEmpty()) {
                    parts.add(new Part(texts[i], 1, false));
                }
            }
            letters.setLength(0);
        }
    }

    private static void multiply(List<Part> parts, int from, double factor) {
        for (int i = from; i < parts.size(); i++) {
            Part part = parts.get(i);
            parts.set(i, new Part(part.text(), part.breaks() ? 1 : part.weight() * factor, part.breaks()));
        }
    }

    /** Neighbours of one weight are one text, so that brackets that change nothing cut no word. */
    private static List<Part> joined(List<Part> parts) {
        List<Part> joined = new ArrayList<>();
        for (Part part : parts) {
            Part last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && !last.breaks() && !part.breaks() && last.weight() == part.weight()) {
                joined.set(joined.size() - 1, new Part(last.text() + part.text(), part.weight(), false));
            } else {
                joined.add(part);
            }
        }
        return joined;
    }
}
