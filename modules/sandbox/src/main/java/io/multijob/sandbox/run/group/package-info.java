/// Control groups laid out as a kubelet's, and written to: made, limited, entered, emptied and
/// removed. Reading their figures is podmon's business.
///
/// It knows resources and nothing else of pods, and nothing of the API.
@NullMarked
package io.multijob.sandbox.run.group;

import org.jspecify.annotations.NullMarked;
