@NullMarked
package io.multijob.sandbox.api;

import org.jspecify.annotations.NullMarked;
