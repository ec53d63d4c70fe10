package dev.koda.checks.tls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
    @ParameterizedTest
    @CsvSource({
        "a.example, a.example, true",
        "a.example, A.EXAMPLE, true",
        "A.example, a.example., true",
        "a.example, b.a.example, false",
        "*.a.example, b.a.example, true",
        "*.a.example, a.example, false",
        "*.a.example, c.b.a.example, false",
        "*.example, a.example, false",
        "b*.a.example, b1.a.example, false",
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, 127.0.0.2, false",
        "127.0.0.1, localhost, false"
    })
    void areMatchedAsAClientDoes(String name, String host, boolean isIncluded) throws Exception {
        var names = Names.of(Issued.alone("leaf").names(name).issue().certificate());

        assertThat(names.include(host)).isEqualTo(isIncluded);
    }

    @Test
    void areShortInMessages() throws Exception {
        var certificate = Issued.alone("leaf")
                .names("a.example", "b.example", "10.0.0.1", "d.example")
                .issue();

        assertThat(Names.of(certificate.certificate())).hasToString("a.example, b.example, d.example and 1 more");
        assertThat(Names.of(Issued.alone("a.example").issue().certificate())).hasToString("nobody");
    }
}
