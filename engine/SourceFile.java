package engine;

import data.Fault;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Reads what an author wrote.
final class SourceFile {
    private SourceFile() {}

    /// The whole text of a file.
    ///
    /// @throws Fault if it is missing, or no UTF-8
    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new Fault(Fault.FAILED, file + ": no such file", e);
        } catch (CharacterCodingException e) {
            throw new Fault(Fault.FAILED, file + ": is not UTF-8; save it as such", e);
        } catch (IOException e) {
            throw new Fault(Fault.FAILED, file + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
