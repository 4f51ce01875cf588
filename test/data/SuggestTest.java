package data;

import static data.Suggest.didYouMean;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestTest {
    static final List<String> STEPS = List.of("compare", "firstRead", "secondRead", "ttl");

    @ParameterizedTest
    @CsvSource({"firstRaed, firstRead", "FIRSTREAD, firstRead", "tll, ttl", "compute, compare", "secondRea, secondRead"})
    void theNearestNameIsSuggested(String wrong, String meant) {
        assertEquals("; did you mean '" + meant + "'?", didYouMean(wrong, STEPS));
    }

    @Test
    void aFewNamesAreListedWhenNoneIsNear() {
        assertEquals("; there is compare, firstRead, secondRead, ttl", didYouMean("stampede", STEPS));
    }

    @Test
    void nothingIsSaidWhenThereIsNothingToName() {
        assertEquals("", didYouMean("stampede", List.of()));
    }
}
