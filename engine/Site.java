package engine;

import data.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The folder of finished pages. It is made beside the old one and takes its place at once, so that a reader finds
/// the old site whole or the new one whole, and a build that fails leaves the old one as it was.
public final class Site {
    /// A site is generated: git keeps only this file of it. It also marks a folder as one that may be replaced.
    private static final String GITIGNORE = "*\n!.gitignore\n";

    private Site() {}

    /// Writes all pages, checks their links, and puts them in the place of what was there.
    ///
    /// @param templates the folder of the templates; what is no template there is copied: style sheet, scripts, images
    /// @param files     further files by their path within the site
    /// @throws Fault if the folder cannot be written (usage), or if a page or a link is broken (failed)
    public static void write(Path output, Path templates, List<Page> pages, Map<String, Path> files) {
        Path site = output.toAbsolutePath().normalize();
        Path fresh = null;
        try {
            refuseToReplaceOthers(site);
            Files.createDirectories(site.getParent());
            fresh = Files.createTempDirectory(site.getParent(), ".site-");
            fill(fresh, templates, pages, files);
            LinkCheck.check(fresh);
            swap(fresh, site);
        } catch (IOException e) {
            throw new Fault(Fault.USAGE, "cannot write the site to %s: %s; name another folder with --output"
                    .formatted(output, reason(e)), e);
        } finally {
            if (fresh != null) delete(fresh);
        }
    }

    private static void refuseToReplaceOthers(Path site) throws IOException {
        if (!Files.exists(site)) return;
        if (!Files.isDirectory(site)) throw new IOException("it is a file");
        if (!Files.isWritable(site)) throw new IOException("the folder is not writable");
        Path mark = site.resolve(".gitignore");
        if (Files.exists(mark) && Files.readString(mark).equals(GITIGNORE)) return;
        try (Stream<Path> held = Files.list(site)) {
            if (held.findAny().isPresent()) throw new IOException("it holds files that are not a site of this build");
        }
    }

    private static void fill(Path folder, Path templates, List<Page> pages, Map<String, Path> files) throws IOException {
        Files.writeString(folder.resolve(".gitignore"), GITIGNORE);
        var renderer = new Templates(templates);
        for (Page page : pages) Files.writeString(folder.resolve(page.file()), renderer.render(page));
        try (Stream<Path> assets = Files.list(templates)) {
            for (Path asset : assets.filter(f -> Files.isRegularFile(f) && !f.toString().endsWith(".ftlh")).toList()) {
                Files.copy(asset, folder.resolve(asset.getFileName()));
            }
        }
        for (Map.Entry<String, Path> file : files.entrySet()) {
            Path target = folder.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.copy(file.getValue(), target);
        }
    }

    /// Two renames within one folder. Should the second fail, the first is undone.
    private static void swap(Path fresh, Path site) throws IOException {
        Path old = fresh.resolveSibling(fresh.getFileName() + "-old");
        boolean replaces = Files.exists(site);
        if (replaces) Files.move(site, old);
        try {
            Files.setPosixFilePermissions(fresh, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(fresh, site);
        } catch (IOException e) {
            if (replaces) Files.move(old, site);
            throw e;
        }
        if (replaces) delete(old);
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) return;
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        } catch (IOException e) {
            System.err.printf("cannot delete %s: %s%n", folder, reason(e)); // the site itself is well
        }
    }

    private static String reason(IOException e) {
        return e instanceof java.nio.file.FileSystemException f && f.getReason() == null
                ? e.getClass().getSimpleName() + " " + e.getMessage() : e.getMessage();
    }
}
