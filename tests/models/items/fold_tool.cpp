// Folds each line of standard input. For fold_check.py.
#include "models/items/role_search.h"

#include <iostream>
#include <string>

int main() {
    for (std::string line; std::getline(std::cin, line);) std::cout << gw::items::foldText(line) << '\n';
}
