"""Compares foldText with Unicode's own decompositions, letter by letter.

usage: fold_check.py PATH-OF-fold_tool
"""
import subprocess
import sys
import unicodedata

# Letters that Unicode does not decompose; what people type for them.
OWN = {"ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ł": "l", "Ł": "l", "þ": "th",
       "Þ": "th", "ð": "d", "Ð": "d", "ı": "i", "ħ": "h", "Ħ": "h", "ŧ": "t", "Ŧ": "t", "ŋ": "n", "Ŋ": "n", "ĸ": "k", "ŉ": "n", "ŀ": "l", "Ŀ": "l"}


def expected(letter):
    if letter in OWN:
        return OWN[letter]
    if 0x300 <= ord(letter) <= 0x36F:
        return ""
    base = "".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c)).lower()
    return base if base and all("!" <= c <= "~" for c in base) else None


letters = [chr(c) for c in list(range(0x20, 0x7F)) + list(range(0xC0, 0x180)) + list(range(0x300, 0x370)) + list(range(0x1E00, 0x1F00))
           + list(range(0xFF01, 0xFF5F))]
answers = subprocess.run([sys.argv[1]], input="\n".join(letters).encode(), stdout=subprocess.PIPE, check=True).stdout.decode().split("\n")
wrong = [(letter, answer, expected(letter)) for letter, answer in zip(letters, answers) if expected(letter) not in (None, answer)]
for letter, answer, want in wrong:
    print("U+%04X %s: %r, expected %r" % (ord(letter), letter, answer, want))
print("%d letters, %d wrong" % (len(letters), len(wrong)))
sys.exit(1 if wrong else 0)
