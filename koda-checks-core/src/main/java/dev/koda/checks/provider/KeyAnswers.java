package dev.koda.checks.provider;

import dev.koda.checks.Outcome;
import dev.koda.checks.network.HttpAnswer;

/** What the status of a provider's answer says about a key; nothing of the answer itself is shown. */
final class KeyAnswers {
    private final String provider;
    private final String keyName;

    KeyAnswers(Provider provider, String keyName) {
        this.provider = provider.id();
        this.keyName = keyName;
    }

    Outcome accepted(long millis) {
        return Outcome.pass(provider + " accepts the key, answered in " + millis + " ms")
                .observed("response", millis, "milliseconds");
    }

    Outcome rejected(String how) {
        return Outcome.fail(provider + " answers " + how + ": it does not accept " + keyName)
                .reason("key_rejected")
                .hint("make a new key at the provider and set " + keyName);
    }

    /** Such a key cannot be sent, and no provider makes one. */
    Outcome malformed() {
        return Outcome.fail(keyName + " is not one word of ASCII letters, digits and signs, as every key is")
                .reason("key_rejected")
                .hint("look for a blank, a line break or a quotation mark in " + keyName);
    }

    Outcome exhausted(int status) {
        return Outcome.fail(provider + " answers " + status + ": it knows " + keyName + ", but its quota is used up")
                .reason("quota")
                .hint("pay or raise the limit at the provider, or set another key");
    }

    /** Whatever is wrong here is no fault of the key, and passes by itself most times. */
    Outcome unreachable(String what) {
        return Outcome.warn(what + ", so whether " + keyName + " is accepted is not known")
                .reason("provider_unreachable")
                .hint("look at the status page of the provider, and at the way out of this network");
    }

    Outcome limited() {
        return Outcome.warn(provider + " answers 429: too many requests with " + keyName)
                .reason("rate_limited")
                .hint("wait, or raise the limit at the provider");
    }

    Outcome unknown(int status) {
        return Outcome.warn(provider + " answers " + status + ", expected 200: whether " + keyName
                        + " is accepted is not known")
                .reason("http_status")
                .hint("check the address, if it was set to another one than the provider's")
                .observed("status", status, "status");
    }

    Outcome unexpected(HttpAnswer answer) {
        return Outcome.warn(answer.target() + " answers " + answer.status() + ", but no JSON as " + provider + " does")
                .reason("unexpected_answer")
                .hint("look for a proxy that answers in its place, or check the address if it was set");
    }

    /** Judges an answer that is not 2xx. */
    Outcome refused(int status, String body) {
        if (status == 401 || status == 403) {
            return rejected(Integer.toString(status));
        }
        if (status == 402 || (status == 429 && body.contains("insufficient_quota"))) {
            return exhausted(status);
        }
        if (status == 400 && namesTheKey(body)) {
            return rejected("400");
        }
        if (status == 429) {
            return limited();
        }
        return status >= 500 ? unreachable(provider + " answers " + status) : unknown(status);
    }

    /** Google and xAI answer 400 to a key that they do not know, and say so in the body. */
    private static boolean namesTheKey(String body) {
        return body.contains("API_KEY_INVALID") || body.contains("Incorrect API key");
    }
}
