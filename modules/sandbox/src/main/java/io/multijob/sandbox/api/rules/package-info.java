/// What each kind's objects must be, become when created, and may not change: the defaults and the
/// validation of the real server, for the fields that a one-time pod's life depends on. Pure.
@NullMarked
package io.multijob.sandbox.api.rules;

import org.jspecify.annotations.NullMarked;
