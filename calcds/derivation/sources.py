def document(*a): return lambda *b: a + b
magyar = nogga = oh = sadiku = document("x")
