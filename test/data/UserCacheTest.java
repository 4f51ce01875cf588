package data;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class UserCacheTest {
    @Test
    void aFolderOfTheCacheIsThereWhenAskedFor() {
        assertTrue(Files.isDirectory(UserCache.folder("runs")));
    }
}
