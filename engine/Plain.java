package engine;

import java.util.regex.Pattern;

/// Text that came from a program, made fit to be read on a page: what a terminal would obey is taken out or shown.
///
/// ANSI sequences go. Control characters become their pictures (`␀`). Characters that turn the direction of reading
/// or have no width become their escapes (`\u202E`): a page never shows less, or something else, than was said.
final class Plain {
    /// CSI and OSC sequences, then any other escape of two characters (ECMA-48).
    private static final Pattern ANSI = Pattern.compile(
            "\u001b\\[[0-?]*[ -/]*[@-~]|\u001b\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)|\u001b[@-Z\\\\^_]");

    private Plain() {}

    static String text(String text) {
        if (text.codePoints().noneMatch(Plain::unfit)) return text;
        StringBuilder plain = new StringBuilder(text.length());
        ANSI.matcher(text).replaceAll("").codePoints().forEach(c -> append(plain, c));
        return plain.toString();
    }

    private static void append(StringBuilder plain, int c) {
        if (!unfit(c)) plain.appendCodePoint(c);
        else if (c < 0x20) plain.append((char) (0x2400 + c));
        else if (c == 0x7f) plain.append('\u2421');
        else plain.append("\\u%04X".formatted(c));
    }

    private static boolean unfit(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c != '\n' && c != '\t';
            case Character.SURROGATE -> true; // a lone one: a pair is one code point
            case Character.FORMAT -> c != 0x200d && c != 0xad; // joiners within emoji, soft hyphens
            default -> c == 0xfffe || c == 0xffff;
        };
    }
}
