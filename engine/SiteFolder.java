package engine;

import data.Fault;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The folder of a site. A new one is made beside the old one and takes its place at once, so that a reader finds
/// the old site whole or the new one whole, and a build that fails leaves the old one as it was.
final class SiteFolder {
    /// A site is generated: git keeps only this file of it. It also marks a folder as one that may be replaced.
    private static final String GITIGNORE = "*\n!.gitignore\n";

    private final Path given;
    private final Path site;

    /// What fills an empty folder with a site.
    interface Filler {
        void fill(Path folder) throws IOException;
    }

    SiteFolder(Path given) {
        this.given = given;
        this.site = given.toAbsolutePath().normalize();
    }

    /// @throws Fault (usage) if the folder cannot be written or holds something else; and what `filler` throws
    void replace(Filler filler) {
        Path fresh = null;
        try {
            refuseToReplaceOthers();
            Files.createDirectories(site.getParent());
            fresh = Files.createTempDirectory(site.getParent(), ".site-");
            Files.writeString(fresh.resolve(".gitignore"), GITIGNORE);
            filler.fill(fresh);
            swap(fresh);
        } catch (IOException e) {
            throw new Fault(Fault.USAGE, "cannot write the site to %s: %s; name another folder with --output"
                    .formatted(given, reason(e)), e);
        } finally {
            if (fresh != null) delete(fresh);
        }
    }

    private void refuseToReplaceOthers() throws IOException {
        if (!Files.exists(site)) return;
        if (!Files.isDirectory(site)) throw new IOException("it is a file");
        if (!Files.isWritable(site)) throw new IOException("the folder is not writable");
        Path mark = site.resolve(".gitignore");
        if (Files.exists(mark) && Files.readString(mark).equals(GITIGNORE)) return;
        try (Stream<Path> held = Files.list(site)) {
            if (held.findAny().isPresent()) throw new IOException("it holds files that are not a site");
        }
    }

    /// Two renames within one folder. Should the second fail, the first is undone.
    private void swap(Path fresh) throws IOException {
        Path old = fresh.resolveSibling(fresh.getFileName() + "-old");
        boolean replaces = Files.exists(site);
        if (replaces) Files.move(site, old);
        try {
            open(fresh);
            Files.move(fresh, site);
        } catch (IOException e) {
            if (replaces) Files.move(old, site);
            throw e;
        }
        if (replaces) delete(old);
    }

    /// A temporary folder is its owner's alone; a site may be read by a web server, where its parent may be.
    private void open(Path fresh) throws IOException {
        if (!Files.getFileStore(fresh).supportsFileAttributeView("posix")) return;
        var permissions = Files.getPosixFilePermissions(site.getParent());
        permissions.addAll(PosixFilePermissions.fromString("rwx------"));
        permissions.removeAll(List.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE));
        Files.setPosixFilePermissions(fresh, permissions);
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
        boolean mute = e instanceof FileSystemException f && f.getReason() == null; // its message is only the file
        return mute ? e.getClass().getSimpleName() + " " + e.getMessage() : e.getMessage();
    }
}
