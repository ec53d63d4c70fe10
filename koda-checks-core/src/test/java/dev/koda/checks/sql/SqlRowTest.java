package dev.koda.checks.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqlRowTest {
    private final HashMap<String, Object> values = new HashMap<>();

    @Test
    void readsNumbersOfEveryKind() {
        values.put("int", 1);
        values.put("numeric", new BigDecimal("2.5"));
        var row = SqlRow.of(values);

        assertThat(row.whole("INT")).isEqualTo(1);
        assertThat(row.real("numeric")).isEqualTo(2.5);
        assertThat(row.text("numeric")).isEqualTo("2.5");
    }

    @Test
    void toleratesNull() {
        values.put("nothing", null);
        var row = SqlRow.of(values);

        assertThat(row.isNull("nothing")).isTrue();
        assertThat(row.whole("nothing")).isZero();
        assertThat(row.real("nothing")).isZero();
        assertThat(row.number("nothing")).isNull();
        assertThat(row.isTrue("nothing")).isFalse();
        assertThat(row.text("nothing")).isNull();
        assertThat(row.text("nothing", "none")).isEqualTo("none");
    }

    @Test
    void tellsAColumnThatWasNotAskedForAndOneOfAnotherType() {
        values.put("name", "koda");
        var row = SqlRow.of(values);

        assertThatThrownBy(() -> row.text("other")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> row.whole("name")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keepsColumnsInTheirOrderAlsoThoseOfOneName() {
        var row = SqlRow.of(List.of("B", "?column?", "?column?"), Arrays.asList(1, "x", null));

        assertThat(row.columns()).containsExactly("b", "?column?", "?column?3");
        assertThat(row.any("b")).isEqualTo(1);
        assertThat(row.text("?column?")).isEqualTo("x");
        assertThat(row.any("?column?3")).isNull();
        assertThatThrownBy(() -> SqlRow.of(List.of("a"), List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
