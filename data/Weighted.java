package data;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/// Items to draw from at random, each as often as its weight says; one of weight 0 never comes.
final class Weighted<T> {
    private final List<T> items;
    private final double[] cumulative;

    Weighted(List<T> items, ToDoubleFunction<T> weight) {
        this.items = items;
        cumulative = new double[items.size()];
        double sum = 0;
        for (int i = 0; i < cumulative.length; i++) cumulative[i] = sum += weight.applyAsDouble(items.get(i));
        if (sum <= 0) throw new IllegalArgumentException("nothing to draw from");
    }

    T draw(SplittableRandom random) {
        double point = random.nextDouble() * cumulative[cumulative.length - 1];
        int low = 0;
        int high = cumulative.length - 1;
        while (low < high) { // the first whose sum is above the point, so that no item of weight 0 is met
            int middle = (low + high) >>> 1;
            if (cumulative[middle] > point) high = middle;
            else low = middle + 1;
        }
        return items.get(low);
    }
}
