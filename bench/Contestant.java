package bench;

import java.io.IOException;
import java.nio.file.Path;

/// A program that does the job.
interface Contestant {
    String name();

    /// Gets the program, if it is not there.
    ///
    /// @return its version
    /// @throws IOException why it cannot be had
    String version() throws IOException;

    /// Writes what is to be published into an empty folder.
    ///
    /// @return what publishes it somewhere within that folder; only this is timed
    Shell.Command prepare(Path folder, int pages) throws IOException;
}
