package io.inkstone.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.inkstone.data.HoldOut;
import io.inkstone.data.source.Embedded;

/** By what a share of the pictures is chosen that is not trained on. */
public enum HoldOutBy {
    /** By content; of embedded sets, in which no picture ever comes or goes, by count, as their judges were trained. */
    @JsonProperty("auto")
    AUTO {
        @Override
        public HoldOut share(double share) {
            throw new IllegalStateException("It is not known yet by what to choose.");
        }

        @Override
        HoldOutBy of(String source) {
            return Embedded.named(source).isPresent() ? COUNT : CONTENT;
        }
    },
    /** Each picture's own content decides, whatever it is called and whatever comes and goes. */
    @JsonProperty("content")
    CONTENT {
        @Override
        public HoldOut share(double share) {
            return HoldOut.byContent(share);
        }
    },
    /** Each picture's own name decides: one more or less changes nothing about the others, a new name may. */
    @JsonProperty("name")
    NAME {
        @Override
        public HoldOut share(double share) {
            return HoldOut.byName(share);
        }
    },
    /** The number of pictures decides: what all runs did before there was another way. */
    @JsonProperty("count")
    COUNT {
        @Override
        public HoldOut share(double share) {
            return HoldOut.byCount(share);
        }
    };

    /** The choice of such a share; only of one that is decided. */
    public abstract HoldOut share(double share);

    /** Decided for data of that name. */
    HoldOutBy of(String source) {
        return this;
    }
}
