package dev.koda.checks.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3ConnectionTest {
    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8333, koda, http://127.0.0.1:8333/koda",
        "https://s3.example/, koda, https://s3.example/koda",
        "https://s3.example/store, koda, https://s3.example/store/koda",
        "http://ann:s3cret@[::1]:9000, koda, http://[::1]:9000/koda",
        "http://h, 'a bucket?', http://h/a%20bucket%3F"
    })
    void theBucketIsInThePathOfItsUrlAndNoCredentialIs(String endpoint, String bucket, String url) {
        assertThat(new S3Connection(URI.create(endpoint), "us-east-1", bucket, "key", "secret").url())
                .hasToString(url);
    }
}
