package data.dump;

import data.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// A table of a dump: its columns in their order, the files of its rows in theirs, how many bytes these have
/// (-1: unknown), and the function of MySQL that gives back a column that was encoded.
///
/// The files are `BASENAME.tsv.zst`, or chunks from 0 on: `BASENAME@0.tsv.zst`, `BASENAME@1.tsv.zst`, and the last with
/// two signs, `BASENAME@@2.tsv.zst`.
record DumpTable(String name, Path description, List<String> columns, Map<String, String> decode, List<Path> files,
        long bytes) {
    private static final Map<String, String> FORMAT = Map.of("compression", "zstd", "fieldsTerminatedBy", "\t",
            "fieldsEnclosedBy", "", "fieldsEscapedBy", "\\", "linesTerminatedBy", "\n");

    static Optional<DumpTable> find(Dump dump, String name) {
        String base = dump.basename(name);
        Path description = dump.folder().resolve(base + ".json");
        List<String> files = files(dump, base);
        if (!Files.exists(description)) {
            if (files.isEmpty()) return Optional.empty();
            throw new Fault(Fault.USAGE, description + ": is missing: it names the columns of %s; fetch the dump again"
                    .formatted(files.getFirst()));
        }
        if (files.isEmpty() && dump.bytesOf(name) != 0) return Optional.empty();
        JsonNode options = Json.read(description).path("options");
        FORMAT.forEach((key, only) -> {
            String found = options.path(key).asString(only);
            if (!found.equals(only)) {
                throw new Fault(Fault.USAGE, "%s: %s is '%s'; only MySQL Shell's default is read: dump without options"
                        .formatted(description, key, found));
            }
        });
        Map<String, String> decode = new TreeMap<>();
        options.path("decodeColumns").forEachEntry((column, by) -> decode.put(column, by.asString()));
        return Optional.of(new DumpTable(name, description,
                options.path("columns").valueStream().map(JsonNode::asString).toList(), decode,
                files.stream().map(dump.folder()::resolve).toList(), dump.bytesOf(name)));
    }

    boolean isEmpty() {
        return bytes == 0 || files.isEmpty();
    }

    /// The names of the files of the rows, in order.
    private static List<String> files(Dump dump, String base) {
        String whole = base + ".tsv.zst";
        if (dump.files().contains(whole)) return List.of(whole);
        Pattern chunk = Pattern.compile(Pattern.quote(base) + "@(@?)(\\d{1,9})\\.tsv\\.zst");
        var found = new TreeMap<Integer, MatchResult>();
        dump.files().stream().map(chunk::matcher).filter(m -> m.matches())
                .forEach(m -> found.put(Integer.parseInt(m.group(2)), m.toMatchResult()));
        List<String> files = new ArrayList<>();
        for (MatchResult next : found.values()) {
            boolean last = files.size() == found.size() - 1;
            if (Integer.parseInt(next.group(2)) != files.size()) {
                throw incomplete(dump, "%s@%d.tsv.zst".formatted(base, files.size()), "chunk");
            }
            if (next.group(1).isEmpty() == last) {
                String number = last ? "N" : next.group(2); // one marked as the last, and more after it
                throw incomplete(dump, "%s@%s%s.tsv.zst".formatted(base, last ? "@" : "", number),
                        last ? "last chunk" : "chunk");
            }
            files.add(next.group());
        }
        return files;
    }

    private static Fault incomplete(Dump dump, String file, String what) {
        return new Fault(Fault.USAGE, "%s: this %s is missing; fetch the dump again".formatted(
                dump.folder().resolve(file), what));
    }
}
