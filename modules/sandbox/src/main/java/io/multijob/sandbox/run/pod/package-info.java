/// A pod as its kubelet sees it: what is to run, how far it has come, what to do next, and the
/// status that says so. Pure: it knows neither processes nor control groups nor HTTP.
@NullMarked
package io.multijob.sandbox.run.pod;

import org.jspecify.annotations.NullMarked;
