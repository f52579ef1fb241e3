// Cannot even be loaded.
throw new Error("the pack is broken");
