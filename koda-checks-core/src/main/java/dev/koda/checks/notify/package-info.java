/**
 * Tells others when checks go wrong, stay wrong and are well again. {@link dev.koda.checks.notify.Notifications} hears the
 * engine and sends to each {@link dev.koda.checks.notify.Webhook} what it asks for.
 */
@NullMarked
package dev.koda.checks.notify;

import org.jspecify.annotations.NullMarked;
