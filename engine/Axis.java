package engine;

import java.util.ArrayList;
import java.util.List;

/// A linear axis from `low` to `high` with a tick at every multiple of a round step.
///
/// The step is 1, 2 or 5 times a power of ten: P. Heckbert, "Nice numbers for graph labels", Graphics Gems, 1990.
record Axis(double low, double high, List<Double> ticks) {

    /// An axis that holds both values and begins and ends at a tick.
    static Axis of(double min, double max, int wanted) {
        if (!(max > min)) max = min + 1;
        double raw = (max - min) / wanted;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double step = power * (raw / power <= 1 ? 1 : raw / power <= 2 ? 2 : raw / power <= 5 ? 5 : 10);
        double low = Math.floor(min / step) * step;
        int count = (int) Math.ceil((max - low) / step - 1e-9);
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; i <= count; i++) ticks.add(low + i * step);
        return new Axis(low, ticks.getLast(), ticks);
    }

    /// Where a value stands, 0 at the low end and 1 at the high one.
    double place(double value) {
        return (value - low) / (high - low);
    }
}
