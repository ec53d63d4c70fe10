/**
 * Who calls: sessions of people, bearer tokens of programs, the token of the settings, and what a trusted proxy says;
 * logging in and out; and what keeps others from doing so in their name. {@link dev.koda.dashboard.sessions.Sessions} is
 * the door.
 *
 * <p>A session is a sealed cookie, so that nothing here needs the store to know one; the store only knows which ids are
 * good no more.
 */
@NullMarked
package dev.koda.dashboard.sessions;

import org.jspecify.annotations.NullMarked;
