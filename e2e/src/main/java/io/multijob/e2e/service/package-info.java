/// An Optune service that remembers what it was told.
@NullMarked
package io.multijob.e2e.service;

import org.jspecify.annotations.NullMarked;
