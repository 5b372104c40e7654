#!/usr/bin/env bash
# Without a locale Java replaces letters beyond ASCII in file names, and -Dsun.jnu.encoding=UTF-8 does not help (Java 17 and 25).
#
# Such files are listed under a name with which they cannot be opened. LC_ALL=C.UTF-8 helps. Fails when the behaviour has changed.
set -euo pipefail
cd "$(mktemp -d)"
mkdir names && touch names/猫
cat >List.java <<'JAVA'
import java.nio.file.*;
public class List {
    public static void main(String[] none) throws Exception {
        try (var all = Files.list(Path.of("names"))) {
            Path file = all.findFirst().orElseThrow();
            boolean whole = file.toString().endsWith("\u732b");
            System.out.println(System.getProperty("java.version") + " " + (whole ? "whole" : "lost"));
        }
    }
}
JAVA
export LC_ALL=C
javac List.java
plain=$(java -cp . List)
told=$(java -Dsun.jnu.encoding=UTF-8 -Dfile.encoding=UTF-8 -cp . List)
utf8=$(LC_ALL=C.UTF-8 java -cp . List)
echo "LC_ALL=C: $plain; with -Dsun.jnu.encoding=UTF-8: $told; LC_ALL=C.UTF-8: $utf8"
[[ $plain == *lost && $told == *lost && $utf8 == *whole ]]
