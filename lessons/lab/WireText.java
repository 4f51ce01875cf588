package lab;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.args.Rawable;

/// Arguments and replies as people read them, in the manner of valkey-cli, and how many bytes they are.
final class WireText {
    private static final int LONGEST_ARGUMENT = 120;
    private static final int LONGEST_REPLY = 400;
    private static final int MOST_ARGUMENTS = 20;
    private static final HexFormat HEX = HexFormat.of();

    private WireText() {}

    /// The command's name; a container's subcommand is its first argument.
    static String name(CommandArguments command) {
        if (command.getCommand() instanceof Protocol.Command known) return known.name(); // saves a string per command
        return new String(command.get(0).getRaw(), StandardCharsets.UTF_8);
    }

    /// The arguments after the name: long ones are cut, of many only the first are there.
    ///
    /// @param prefix what keys begin with on the server, which nobody needs to see
    static List<String> arguments(CommandArguments command, String prefix) {
        var texts = new ArrayList<String>();
        int last = Math.min(command.size() - 1, MOST_ARGUMENTS);
        for (int i = 1; i <= last; i++) texts.add(argument(command.get(i).getRaw(), prefix));
        int more = command.size() - 1 - last;
        if (more > 0) texts.add(String.format(Locale.ROOT, "… (%,d more)", more));
        return Secrets.hide(name(command), texts);
    }

    /// One argument, or the name of a key.
    static String argument(byte[] raw, String prefix) {
        String text = text(raw, LONGEST_ARGUMENT + prefix.length(), false);
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    /// A reply; an exception stands for an error reply.
    static String reply(String command, Object reply) {
        var out = new StringBuilder();
        write(out, reply, "");
        String text = out.length() <= LONGEST_REPLY ? out.toString()
                : cut(out, LONGEST_REPLY) + String.format(Locale.ROOT, "… (%,d bytes)", bytes(reply));
        return Secrets.hideReply(command, text);
    }

    /// Bytes of all arguments, the name included, without the protocol's framing.
    static long bytes(CommandArguments command) {
        long bytes = 0;
        for (Rawable argument : command) bytes += argument.getRaw().length;
        return bytes;
    }

    /// Bytes of a reply without the protocol's framing; a number counts as its digits.
    static long bytes(Object reply) {
        return switch (reply) {
            case null -> 0;
            case byte[] raw -> raw.length;
            case List<?> parts -> {
                long bytes = 0;
                for (Object part : parts) bytes += bytes(part);
                yield bytes;
            }
            case Map.Entry<?, ?> pair -> bytes(pair.getKey()) + bytes(pair.getValue());
            case Throwable error -> String.valueOf(error.getMessage()).length();
            default -> reply.toString().length();
        };
    }

    private static void write(StringBuilder out, Object reply, String indent) {
        switch (reply) {
            case null -> out.append("(nil)");
            case byte[] raw -> out.append(bulk(raw));
            case Long number -> out.append("(integer) ").append(number);
            case Double number -> out.append("(double) ").append(number);
            case Boolean truth -> out.append(truth ? "(true)" : "(false)");
            case Throwable error -> out.append("(error) ").append(error.getMessage());
            case List<?> parts when parts.isEmpty() -> out.append("(empty array)");
            case List<?> parts -> writeParts(out, parts, indent);
            default -> out.append(reply);
        }
    }

    private static void writeParts(StringBuilder out, List<?> parts, String indent) {
        for (int i = 0; i < parts.size() && out.length() <= LONGEST_REPLY; i++) {
            if (i > 0) out.append('\n').append(indent);
            Object part = parts.get(i);
            String label = (i + 1) + (part instanceof Map.Entry ? "# " : ") ");
            out.append(label);
            String deeper = indent + " ".repeat(label.length());
            if (part instanceof Map.Entry<?, ?> pair) {
                write(out, pair.getKey(), deeper);
                write(out.append(" => "), pair.getValue(), deeper);
            } else {
                write(out, part, deeper);
            }
        }
    }

    /// Jedis does not tell a status from a string: the few usual ones are written bare, as valkey-cli writes them.
    private static String bulk(byte[] raw) {
        String text = text(raw, LONGEST_REPLY, true);
        return switch (text) {
            case "OK", "PONG", "QUEUED" -> text;
            default -> '"' + text + '"';
        };
    }

    private static String text(byte[] raw, int longest, boolean quoted) {
        int looked = Math.min(raw.length, longest * 4); // no character takes more bytes in UTF-8
        String whole = decode(raw, looked);
        var out = new StringBuilder();
        boolean binary = whole == null;
        String characters = binary ? new String(raw, 0, looked, StandardCharsets.ISO_8859_1) : whole;
        for (int i = 0; i < characters.length() && out.length() <= longest; i++) {
            escape(out, characters.charAt(i), quoted, binary);
        }
        if (looked == raw.length && out.length() <= longest) return out.toString();
        return cut(out, longest) + String.format(Locale.ROOT, "… (%,d bytes)", raw.length);
    }

    /// The first bytes as UTF-8, or null if they are not; a character cut off at the end is left out.
    private static String decode(byte[] raw, int length) {
        CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder(); // reports what is malformed
        CharBuffer chars = CharBuffer.allocate(length);
        boolean wellFormed = !utf8.decode(ByteBuffer.wrap(raw, 0, length), chars, length == raw.length).isError();
        return wellFormed ? chars.flip().toString() : null;
    }

    private static void escape(StringBuilder out, char c, boolean quoted, boolean binary) {
        if (quoted && (c == '"' || c == '\\')) out.append('\\').append(c);
        else if (c == '\n' && (quoted || binary)) out.append("\\n");
        else if (c == '\r' && (quoted || binary)) out.append("\\r");
        else if (c == '\t' && (quoted || binary)) out.append("\\t");
        else if (c == '\n' || c == '\t') out.append(c); // a script keeps its lines
        else if (Character.isISOControl(c) || binary && c > 0x7e) out.append("\\x").append(HEX.toHexDigits((byte) c));
        else out.append(c);
    }

    private static String cut(CharSequence text, int length) {
        if (text.length() <= length) return text.toString();
        return text.subSequence(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length).toString();
    }
}
