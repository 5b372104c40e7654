package io.inkstone.array;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.Arrays;

/** Walks over the few Python literals that NumPy headers use: strings, True and False, tuples of integers. */
final class PythonLiteral {
    private final String text;
    private final String file;
    private int at;

    PythonLiteral(String text, String file) {
        this.text = text;
        this.file = file;
    }

    /** Steps over {@code wanted} if it comes next. */
    boolean accept(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    void expect(char wanted) {
        if (!accept(wanted)) {
            throw damaged("'" + wanted + "' was expected");
        }
    }

    void end() {
        if (peek() != 0) {
            throw damaged("something follows the dictionary");
        }
    }

    String string() {
        char quote = peek();
        int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
        if (end < 0) {
            throw damaged("a string was expected");
        }
        String value = text.substring(at + 1, end);
        if (value.indexOf('\\') >= 0) {
            throw damaged("a plain string was expected");
        }
        at = end + 1;
        return value;
    }

    /** A string; a list of fields (a structured dtype) is refused by name. */
    String stringOrOther() {
        if (peek() == '[' || peek() == '(') {
            throw new InputException(file + " holds records with named fields (a structured dtype)."
                    + " Save each field as an array of its own.");
        }
        return string();
    }

    boolean bool() {
        peek();
        for (String word : new String[] {"True", "False"}) {
            if (text.startsWith(word, at)) {
                at += word.length();
                return word.equals("True");
            }
        }
        throw damaged("True or False was expected");
    }

    /** A tuple of sizes: {@code ()}, {@code (3,)}, {@code (3, 4)}. */
    long[] tuple(int most) {
        long[] values = new long[most];
        int count = 0;
        expect('(');
        while (!accept(')')) {
            if (count == most) {
                throw damaged("more than " + most + " dimensions");
            }
            values[count++] = size();
            if (!accept(',')) {
                if (count == 1) {
                    throw damaged("(3) is not a tuple, (3,) is");
                }
                expect(')');
                break;
            }
        }
        return Arrays.copyOf(values, count);
    }

    private long size() {
        peek();
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start || at - start > 18) {
            throw damaged("a size was expected");
        }
        long value = Long.parseLong(text, start, at, 10);
        if (at < text.length() && text.charAt(at) == 'L') {
            at++; // Python 2 wrote long integers with this mark
        }
        return value;
    }

    /** The next character that is not white space, 0 at the end. */
    private char peek() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    InputException damaged(String why) {
        return new InputException(
                Words.of("%s has a damaged NumPy header (%s, at character %d of the dictionary).", file, why, at));
    }
}
