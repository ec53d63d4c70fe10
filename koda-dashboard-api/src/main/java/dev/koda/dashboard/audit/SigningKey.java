package dev.koda.dashboard.audit;

import dev.koda.dashboard.http.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/** The Ed25519 key of the checkpoints. Its text form is for a file that only this process reads. */
final class SigningKey {
    private static final String ALGORITHM = "Ed25519";

    private final PrivateKey secret;
    private final PublicKey open;

    private SigningKey(PrivateKey secret, PublicKey open) {
        this.secret = secret;
        this.open = open;
    }

    static SigningKey generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            return new SigningKey(pair.getPrivate(), pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw impossible(e);
        }
    }

    /**
     * The key that {@link #text} wrote.
     *
     * @throws IllegalArgumentException if the text is none
     */
    static SigningKey parse(String text) {
        var lines = text.strip().lines().toList();
        try {
            var keys = KeyFactory.getInstance(ALGORITHM);
            if (lines.size() == 2) {
                var decoder = Base64.getDecoder();
                return new SigningKey(
                        keys.generatePrivate(new PKCS8EncodedKeySpec(decoder.decode(lines.get(0)))),
                        keys.generatePublic(new X509EncodedKeySpec(decoder.decode(lines.get(1)))));
            }
        } catch (GeneralSecurityException | IllegalArgumentException notAKey) {
            // Said below, without what stands in the file.
        }
        throw new IllegalArgumentException("the file holds no signing key");
    }

    /**
     * The public half in the form of {@link #publicText}.
     *
     * @throws IllegalArgumentException if the text is none
     */
    static PublicKey parsePublic(String text) {
        try {
            var encoded = Base64.getDecoder().decode(text.strip());
            return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException notAKey) {
            throw new IllegalArgumentException("this is no public key of checkpoints: one line of base64", notAKey);
        }
    }

    String text() {
        var encoder = Base64.getEncoder();
        return encoder.encodeToString(secret.getEncoded()) + '\n' + publicText() + '\n';
    }

    /** The public half, one line of base64: what an auditor keeps. */
    String publicText() {
        return Base64.getEncoder().encodeToString(open.getEncoded());
    }

    PublicKey publicKey() {
        return open;
    }

    /** Eight bytes of the hash of the public half, as hexadecimal digits. */
    String id() {
        return idOf(open);
    }

    static String idOf(PublicKey key) {
        return HexFormat.of().formatHex(Sha256.of(key.getEncoded()), 0, 8);
    }

    byte[] sign(String text) {
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initSign(secret);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw impossible(e);
        }
    }

    static boolean verifies(PublicKey key, String text, byte[] signed) {
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return signature.verify(signed);
        } catch (GeneralSecurityException notASignature) {
            return false;
        }
    }

    private static IllegalStateException impossible(GeneralSecurityException e) {
        return new IllegalStateException("every Java platform since 15 has " + ALGORITHM, e);
    }
}
