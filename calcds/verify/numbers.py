"""placeholder until the values room exists"""
from calcds.verify.result import Comparison
def compare(claim, derivation, network): return Comparison(network.quantity, 0.0)
