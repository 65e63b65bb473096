/// The API server as its clients see it: requests, and lists that are kept up to date by watching.
/// It knows no kind of object in particular.
@NullMarked
package io.multijob.sandbox.run.client;

import org.jspecify.annotations.NullMarked;
