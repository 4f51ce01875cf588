package lab;

import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;

/// A step of a lesson: a reference to one of its methods, `this::firstRead`. It carries the method's name.
@FunctionalInterface
public interface Step extends Serializable { // serializable lambdas know which method they stand for
    void run() throws Exception;

    /// The name of the method that this step refers to.
    ///
    /// @throws IllegalArgumentException if it is a lambda, which has no name that a reader knows
    default String name() {
        String method;
        try {
            Method replace = getClass().getDeclaredMethod("writeReplace");
            replace.setAccessible(true);
            method = ((SerializedLambda) replace.invoke(this)).getImplMethodName();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("a step is a reference to a method: steps(this::firstRead)", e);
        }
        if (method.startsWith("lambda$")) {
            throw new IllegalArgumentException(
                    "a step is a reference to a method, as in steps(this::firstRead); this one is a lambda");
        }
        return method;
    }

    /// The oldest Valkey that can run this step, `9.0`; empty if any can.
    default String since() {
        return "";
    }

    /// What this step would have shown where it cannot run.
    default String shows() {
        return "";
    }

    /// Whether what it sends over the wire differs by nature from run to run.
    default boolean varies() {
        return false;
    }

    /// Whether it makes sense on one server only, and not on a cluster.
    default boolean oneServer() {
        return false;
    }

    /// A step that says more of itself than its method does.
    record Qualified(Step step, String since, String shows, boolean varies, boolean oneServer) implements Step {
        @Override public void run() throws Exception {
            step.run();
        }

        @Override public String name() {
            return step.name();
        }
    }
}
