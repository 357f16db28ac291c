throw new Error("an image whose migration fails is never started");
