package engine;

import data.Fault;
import data.UserCache;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
    private final String temporary; // how the names of its temporary folders begin

    /// What fills an empty folder with a site.
    interface Filler {
        void fill(Path folder) throws IOException;
    }

    SiteFolder(Path given) {
        this.given = given;
        this.site = given.toAbsolutePath().normalize();
        this.temporary = "." + site.getFileName() + "~";
    }

    /// @throws Fault (usage) if the folder cannot be written or holds something else; and what `filler` throws
    void replace(Filler filler) {
        Path lock = UserCache.folder("locks").resolve("site-" + Digests.of(site.toString()));
        try (FileChannel file = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = file.lock()) { // of two builds at once, one waits
            refuseToReplaceOthers();
            Files.createDirectories(site.getParent());
            deleteLeftovers();
            Path fresh = Files.createTempDirectory(site.getParent(), temporary);
            try {
                Files.writeString(fresh.resolve(".gitignore"), GITIGNORE);
                filler.fill(fresh);
                swap(fresh);
            } finally {
                delete(fresh);
            }
        } catch (IOException e) {
            throw new Fault(Fault.USAGE, "cannot write the site to %s: %s; name another folder with --output"
                    .formatted(given, reason(e)), e);
        }
    }

    /// What a build that was killed left: we have the lock, so nobody works on it.
    private void deleteLeftovers() throws IOException {
        List<Path> left;
        try (Stream<Path> siblings = Files.list(site.getParent())) {
            left = siblings.filter(path -> path.getFileName().toString().startsWith(temporary)).toList();
        }
        left.forEach(SiteFolder::delete);
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

    /// Puts the new site in the place of the old, which is then `fresh`. Where the kernel cannot exchange them,
    /// by two renames; should the second fail, the first is undone.
    private void swap(Path fresh) throws IOException {
        open(fresh);
        if (!Files.exists(site)) {
            Files.move(fresh, site);
            return;
        }
        if (FolderSwap.exchange(fresh, site)) return;
        Path old = fresh.resolveSibling(fresh.getFileName() + "-old");
        Files.move(site, old);
        try {
            Files.move(fresh, site);
        } catch (IOException e) {
            Files.move(old, site);
            throw e;
        }
        delete(old);
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
