package dev.koda.checks.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.NetUtil;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which addresses strangers can stand before, so that production must verify who answers. */
class HandshakeTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "10.1.2.3, true",
        "172.18.0.2, true",
        "192.168.1.5, true",
        "169.254.0.9, true",
        "::1, true",
        "fd00::5, true",
        "fe80::1, true",
        "203.0.113.7, false",
        "172.32.0.1, false",
        "2001:db8::1, false",
    })
    void knowsPrivateNetworks(String address, boolean isPrivate) {
        var bytes = NetUtil.createByteArrayFromIpAddressString(address);

        assertThat(Handshake.isPrivate(bytes)).isEqualTo(isPrivate);
    }
}
