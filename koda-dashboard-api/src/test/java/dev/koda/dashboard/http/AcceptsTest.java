package dev.koda.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptsTest {
    private static final String[] OFFERS = {"application/json", "application/health+json"};

    @ParameterizedTest
    @NullAndEmptySource
    void givesTheFirstToWhoDoesNotCare(String accept) {
        assertThat(Accepts.best(accept, OFFERS)).isEqualTo("application/json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/*|application/json",
                "application/*|application/json",
                "application/json|application/json",
                "Application/Health+JSON|application/health+json",
                "application/json;q=0.5, application/health+json|application/health+json",
                "application/health+json;q=0.4, */*;q=0.5|application/json",
                "application/json;q=0, */*|application/health+json",
                "text/html, application/health+json;charset=utf-8|application/health+json"
            })
    void givesWhatIsLikedBest(String accept, String expected) {
        assertThat(Accepts.best(accept, OFFERS)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "*/*;q=0", "application/json;q=abc", ";", "application/jso"})
    void givesNothingToWhoTakesNeither(String accept) {
        assertThat(Accepts.best(accept, OFFERS)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br, gzip;q=0.8", "GZIP", "*", "deflate, *;q=0.1", "x-gzip", "gzip ; q = 1"})
    void compressesForWhoTakesIt(String acceptEncoding) {
        assertThat(Accepts.gzip(acceptEncoding)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "identity", "gzip;q=0", "gzip;q=0.0, *", "*;q=0", "br", "gzip;q=junk"})
    void doesNotCompressForWhoDoesNot(String acceptEncoding) {
        assertThat(Accepts.gzip(acceptEncoding)).isFalse();
        assertThat(Accepts.gzip(null)).isFalse();
    }
}
