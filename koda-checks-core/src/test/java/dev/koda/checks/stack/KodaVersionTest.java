package dev.koda.checks.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KodaVersionTest {
    @Test
    void isTheVersionOfTheBuild() {
        assertThat(KodaVersion.text()).matches("[0-9]+\\.[0-9]+\\.[0-9]+(-[A-Za-z0-9.]+)?");
    }
}
