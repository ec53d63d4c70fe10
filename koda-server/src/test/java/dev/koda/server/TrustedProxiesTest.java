package dev.koda.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.MultiMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
    private static final TrustedProxies PROXIES = TrustedProxies.parse("127.0.0.1, 10.0.0.0/8 fd00::/8");

    private static String client(TrustedProxies proxies, String peer, String... forwardedFor) {
        var headers = MultiMap.caseInsensitiveMultiMap();
        for (var value : forwardedFor) {
            headers.add("X-Forwarded-For", value);
        }
        return proxies.clientOf(peer, headers);
    }

    @Test
    void believesNobodyByDefault() {
        assertThat(client(TrustedProxies.none(), "127.0.0.1", "203.0.113.7")).isEqualTo("127.0.0.1");
    }

    @Test
    void takesTheAddressThatATrustedProxySaw() {
        assertThat(client(PROXIES, "127.0.0.1", "203.0.113.7")).isEqualTo("203.0.113.7");
    }

    @Test
    void doesNotListenToAPeerThatIsNotTrusted() {
        assertThat(client(PROXIES, "198.51.100.1", "203.0.113.7")).isEqualTo("198.51.100.1");
    }

    @Test
    void ignoresWhatTheClientWroteItself() {
        assertThat(client(PROXIES, "127.0.0.1", "1.2.3.4, 203.0.113.7, 10.1.2.3"))
                .isEqualTo("203.0.113.7");
    }

    @Test
    void readsSeveralHeadersAsOneList() {
        assertThat(client(PROXIES, "127.0.0.1", "1.2.3.4", "203.0.113.7", "10.1.2.3"))
                .isEqualTo("203.0.113.7");
    }

    @Test
    void takesTheOutermostWhenAllAreTrusted() {
        assertThat(client(PROXIES, "127.0.0.1", "10.9.9.9, 10.1.2.3")).isEqualTo("10.9.9.9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unknown", "_hidden", "evil.example", "999.1.1.1", "[", "10.1.2.3.4"})
    void stopsAtWhatIsNoAddress(String hop) {
        assertThat(client(PROXIES, "127.0.0.1", "203.0.113.7, " + hop)).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({"203.0.113.7:4711,203.0.113.7", "[2001:db8::1]:4711,2001:db8::1", "2001:db8::1,2001:db8::1"})
    void dropsThePort(String hop, String expected) {
        assertThat(client(PROXIES, "127.0.0.1", hop)).isEqualTo(expected);
    }

    @Test
    void knowsAnIpv4PeerOfADualStackSocket() {
        assertThat(client(PROXIES, "::ffff:10.1.2.3", "203.0.113.7")).isEqualTo("203.0.113.7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "fd00::/129", "10.0.0", "/8"})
    void refusesWhatIsNoRange(String entry) {
        assertThatThrownBy(() -> TrustedProxies.parse("127.0.0.1," + entry))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(entry);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,10.255.255.255,true",
        "10.0.0.0/8,11.0.0.0,false",
        "192.168.1.128/25,192.168.1.127,false",
        "192.168.1.128/25,192.168.1.128,true",
        "0.0.0.0/0,203.0.113.7,true",
        "0.0.0.0/0,2001:db8::1,false",
        "fd00::/8,fdff::1,true",
        "fd00::/8,fe00::1,false",
        "::1,::1,true",
        "fe80::/10,fe80::1%eth0,true"
    })
    void rangesCoverWhatTheirPrefixSays(String range, String address, boolean isIn) {
        assertThat(AddressRange.contain(List.of(AddressRange.parse(range)), address))
                .isEqualTo(isIn);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,true,false",
        "::1,true,false",
        "10.1.2.3,false,true",
        "172.31.0.1,false,true",
        "172.32.0.1,false,false",
        "192.168.0.9,false,true",
        "fd12::1,false,true",
        "8.8.8.8,false,false",
        "not-an-address,false,false"
    })
    void knowsWhatIsNear(String address, boolean isLoopback, boolean isPrivate) {
        assertThat(AddressRange.isLoopback(address)).isEqualTo(isLoopback);
        assertThat(AddressRange.isPrivate(address)).isEqualTo(isPrivate);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, https, true, false",
        "127.0.0.1, 'https, https', true, false",
        "127.0.0.1, 'https, http', false, false",
        "127.0.0.1, http, false, false",
        "198.51.100.1, https, false, false",
        "127.0.0.1, , false, true",
        "10.1.2.3, , false, false"
    })
    void tlsIsWhatATrustedProxySaysAndLocalIsWhoComesThroughNone(
            String peer, String scheme, boolean isSecure, boolean isLocal) {
        var headers = MultiMap.caseInsensitiveMultiMap();
        if (scheme != null) {
            headers.add("X-Forwarded-Proto", scheme);
        }

        var sender = PROXIES.senderOf(peer, false, headers);

        assertThat(sender.isSecure()).isEqualTo(isSecure);
        assertThat(sender.isLocal()).isEqualTo(isLocal);
    }

    @Test
    void aUserIsWhomATrustedProxyNamesIfItIsAskedTo() {
        var headers = MultiMap.caseInsensitiveMultiMap().add("X-Forwarded-User", "alice");

        assertThat(PROXIES.senderOf("127.0.0.1", false, headers).user()).isNull();
        assertThat(PROXIES.tellingUsers().senderOf("127.0.0.1", false, headers).user())
                .isEqualTo("alice");
        assertThat(PROXIES.tellingUsers()
                        .senderOf("198.51.100.1", false, headers)
                        .user())
                .isNull();
        headers.add("X-Forwarded-User", "mallory");
        assertThat(PROXIES.tellingUsers().senderOf("127.0.0.1", false, headers).user())
                .isNull();
    }
}
