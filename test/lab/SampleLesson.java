package lab;

import static lab.Lab.*;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/// A lesson for [LabTest], which runs it in a process of its own; the knob `mode` says what goes wrong.
class SampleLesson {
    final int readers = knob("readers", 3);
    final int few = knob("few", 3, 1, 9);
    final boolean stay = knob("stay", false);
    final String mode = knob("mode", "well");

    void main() {
        steps(this::say, this::draw, this::talk, oneServer("It would have shown one server.", this::alone), since("99.0", "It would have shown tomorrow.", this::tomorrow));
    }

    void say() throws Exception {
        IO.println("readers " + readers);
        System.out.print("no line end");
        check("readers are more than none", readers > 0);
        switch (mode) {
            case "false" -> check("one and one is three", 1 + 1 == 3);
            case "throws" -> throw new IllegalStateException("as asked");
            case "thread" -> Thread.ofPlatform().start(() -> { throw new IllegalStateException("in a thread"); }).join();
            case "lambda" -> steps(() -> {});
            case "loud" -> { for (int i = 0; i < 5_000; i++) IO.println("line " + i); }
            case "raw" -> System.out.write(new byte[] {(byte) 0xff, '<', '/', 's', 'c', 'r', 'i', 'p', 't', '>', '\n'});
            case "leak" -> Thread.ofPlatform().start(SampleLesson::waitForEver);
            case "ended" -> ended();
            case "number" -> IO.println("%,d %.1f".formatted(1_234, 0.5));
            case "guest" -> valkey().set("greeting", "hello");
            default -> { }
        }
    }

    /// By a signal, while it talks to a server of its own. Not by Ctrl-C's: whoever runs tests may ignore that one.
    private static void ended() throws IOException {
        var valkey = privateValkey().client();
        new ProcessBuilder("kill", "-TERM", "" + ProcessHandle.current().pid()).start();
        while (true) valkey.set("greeting", "hello");
    }

    void draw() throws Exception {
        table("Three", row("name", "rows", measured("took")), row("simple", 1234, 0.5), row("advanced", 2, 12.0));
        chart("Queries", "queries", bar("without", 1000), bar("with", 1));
        chart("Keys", "kept", cells("LFU", new boolean[] {true, true, false}), cells("none", new boolean[0]));
        chart("Doll", box("page", "made anew", box("part", "")));
        measure("nothing", 10, () -> { });
    }

    void talk() throws Exception {
        try (Actor echo = spawn("echo", this::echo)) {
            check("the actor says where it answers", echo.port() == 4711);
            echo.tell("hello");
            check("the actor answers", echo.hear().equals("heard hello"));
            check("the actor ends well", echo.await() == 0);
        }
    }

    void echo() {
        serves(4711);
        IO.println("heard " + IO.readln());
    }

    void alone() {}

    void tomorrow() {}

    private static void waitForEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            // as good as the end
        }
    }
}
