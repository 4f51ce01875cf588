package lab;

import static org.junit.jupiter.api.Assertions.assertFalse;

import data.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
    @TempDir Path servers;

    @Test void aFolderWhoseOwnerIsGoneIsSwept() throws Exception {
        Path left = Files.createDirectories(servers.resolve("4711-left/1")).getParent();
        Scratch.sweep(servers);
        assertFalse(Files.exists(left));
    }

    /// Many lessons end while others begin: their folders vanish under the sweep.
    @Test void whoEndsMeanwhileIsNotInTheWay() throws Exception {
        var over = new AtomicBoolean();
        var others = CompletableFuture.runAsync(() -> {
            while (!over.get()) comeAndGo();
        });
        try {
            for (int i = 0; i < 300; i++) Scratch.sweep(servers);
        } finally {
            over.set(true);
        }
        others.join();
    }

    private void comeAndGo() {
        try {
            Path folder = Files.createTempDirectory(servers, "4711-");
            Files.createFile(folder.resolve("lock"));
            Files.createDirectory(folder.resolve("1"));
            Folders.delete(folder);
        } catch (java.io.IOException e) {
            // the sweep was there first
        }
    }
}
