package engine;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/// Exchanges two folders in one step. Java can only rename twice, and between the two there would be no folder.
///
/// The kernel's call is renameat2(2) with RENAME_EXCHANGE on Linux, renamex_np(2) with RENAME_SWAP on macOS.
final class FolderSwap {
    private static final int CURRENT_FOLDER = -100; // AT_FDCWD; our paths are absolute
    private static final int SWAP = 2; // both systems' flag

    private FolderSwap() {}

    /// Whether `a` and `b`, in one file system, were exchanged; if not, nothing changed.
    static boolean exchange(Path a, Path b) {
        Linker linker = Linker.nativeLinker();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment from = arena.allocateFrom(a.toString());
            MemorySegment to = arena.allocateFrom(b.toString());
            var linux = linker.defaultLookup().find("renameat2");
            if (linux.isPresent()) {
                MethodHandle renameat2 = linker.downcallHandle(linux.get(), FunctionDescriptor.of(ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS,
                        ValueLayout.JAVA_INT));
                return (int) renameat2.invokeExact(CURRENT_FOLDER, from, CURRENT_FOLDER, to, SWAP) == 0;
            }
            var macos = linker.defaultLookup().find("renamex_np");
            if (macos.isEmpty()) return false;
            MethodHandle renamex = linker.downcallHandle(macos.get(), FunctionDescriptor.of(ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
            return (int) renamex.invokeExact(from, to, SWAP) == 0;
        } catch (Throwable e) { // what a downcall may throw is not declared
            return false;
        }
    }
}
